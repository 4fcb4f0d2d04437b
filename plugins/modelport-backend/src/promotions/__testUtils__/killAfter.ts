import { Knex } from 'knex';

/** Lets nothing through to the database after a number of statements, as of a backend that is killed then. */
export function killAfter(knex: Knex, statements: number): () => void {
  let left = statements;
  const count = ({ sql }: { sql: string }) => {
    // The database itself rolls back what a dead backend had begun.
    if (!/^(begin|commit|rollback|savepoint|release)/i.test(sql)) {
      left -= 1;
      if (left < 0) {
        throw new Error('killed');
      }
    }
  };
  knex.on('query', count);
  return () => knex.off('query', count);
}
