import { Knex } from 'knex';

/**
 * The next number of change. Its row stays locked until the transaction ends, so that numbers become visible in their
 * order and a reader who goes on from the last one misses nothing.
 */
export async function nextSequence(trx: Knex.Transaction): Promise<number> {
  await trx('models_sequence').where({ id: 1 }).increment('value', 1);
  const row = await trx('models_sequence')
    .where({ id: 1 })
    .first<{ value: number | string }>('value');
  return Number(row.value);
}
