import { Measurement } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { EvidenceSubject } from './documentRow';
import { EvidenceStore } from './EvidenceStore';

/** Documents of metrics that count; what older ones say newer ones say again. */
const MOST_DOCUMENTS = 20;
const MOST_MEASUREMENTS = 5_000;

const figure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);
const end = figure
  .nullish()
  .transform(value => (typeof value === 'number' ? value : null));

/** What `metricsBody` of the common package lets through, as the API says it. */
const stored = z.object({
  measurements: z.array(
    z.object({
      key: z.string(),
      value: figure,
      dataset: z.string().nullish(),
      evaluationSet: z
        .object({ id: z.string(), hash: z.string().nullish() })
        .nullish(),
      slice: z.string().nullish(),
      n: z.number().int().nullish(),
      lower: end,
      upper: end,
    }),
  ),
});

/** What evidence says of a version's metrics; of the same measurement the newest document counts. */
export async function evidenceMeasurements(
  store: EvidenceStore,
  subject: EvidenceSubject,
): Promise<Measurement[]> {
  const { rows } = await store.list(subject, {
    kind: 'metrics',
    limit: MOST_DOCUMENTS,
  });
  const found = new Map<string, Measurement>();
  for (const row of rows) {
    const body = stored.safeParse(await store.body(row.id));
    for (const { dataset, evaluationSet, ...one } of body.data?.measurements ??
      []) {
      const measurement = {
        ...one,
        slice: one.slice ?? null,
        n: one.n ?? null,
        dataset: dataset ? { name: dataset, digest: null } : null,
        evaluationSet: evaluationSet
          ? { id: evaluationSet.id, hash: evaluationSet.hash ?? null }
          : null,
        evidence: row.digest,
      };
      const key = JSON.stringify([
        measurement.key,
        measurement.slice,
        dataset ?? null,
        evaluationSet?.id ?? null,
      ]);
      if (!found.has(key) && found.size < MOST_MEASUREMENTS) {
        found.set(key, measurement);
      }
    }
  }
  return [...found.values()];
}
