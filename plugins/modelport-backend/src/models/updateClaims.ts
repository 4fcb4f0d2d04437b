import { Knex } from 'knex';
import { nextSequence } from './sequence';

/** Sets `claimed_by` of every model by the claims, where it differs; one source's claim counts before any source's. */
export async function updateClaims(trx: Knex.Transaction): Promise<void> {
  const claim = `coalesce(
    (select min(entity_ref) from models_claims c where c.name = models_models.name and c.source = models_models.source),
    (select min(entity_ref) from models_claims c where c.name = models_models.name and c.source is null))`;
  const differing: Array<{ id: number; claim: string | null }> = await trx(
    'models_models',
  )
    .select('id', trx.raw(`${claim} as claim`))
    .whereRaw(`coalesce(claimed_by, '') <> coalesce(${claim}, '')`);
  if (differing.length === 0) {
    return;
  }
  const seq = await nextSequence(trx);
  for (const row of differing) {
    await trx('models_models')
      .where({ id: row.id })
      .update({ claimed_by: row.claim, seq });
  }
}
