import { driftBody } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { figureOf, numberOf } from './figureOf';
import { mayBeNannyml, NannymlChunk, readNannymlTable } from './nannymlTable';

const METHODS = [
  'jensen_shannon',
  'kolmogorov_smirnov',
  'wasserstein',
  'hellinger',
  'chi2',
  'l_infinity',
];

/** `<feature>_<method>_value`; features may hold underscores themselves. */
const VALUE = new RegExp(`^(.+)_(${METHODS.join('|')})_value$`);

/** Reads univariate drift of NannyML 0.13, from JSON or Parquet. */
export const nannymlDriftReader: EvidenceReader = {
  id: 'nannyml-drift',
  version: '1',
  kind: 'drift',
  module: { path: __filename, name: 'nannymlDriftReader' },
  matches: file =>
    mayBeNannyml(file) &&
    (file.kind !== null || /drift[^/]*$/i.test(file.path ?? '')),
  read: async bytes => {
    const chunks = await readNannymlTable(bytes);
    const nReference = chunks
      .filter(({ period }) => period === 'reference')
      .reduce<number | null>(
        (sum, { n }) => (sum === null || n === null ? null : sum + n),
        0,
      );
    const figures = chunks.flatMap(chunk =>
      figuresOf(chunk, nReference || null),
    );
    if (figures.length === 0) {
      throw new Error(
        'It is a result of NannyML without a column such as <feature>_jensen_shannon_value, so it says nothing of drift',
      );
    }
    return {
      schemaVersion: 1,
      producer: { name: 'NannyML', version: null },
      producedAt: null,
      body: { figures } satisfies z.input<typeof driftBody>,
    };
  },
};

function figuresOf(
  chunk: NannymlChunk,
  nReference: number | null,
): z.input<typeof driftBody>['figures'] {
  const { columns, window, period, n } = chunk;
  return Object.entries(columns).flatMap(([key, value]) => {
    const [, feature, method] = VALUE.exec(key) ?? [];
    if (!feature || !method) {
      return [];
    }
    const of = (name: string) => columns[`${feature}_${method}_${name}`];
    const alert = of('alert');
    return [
      {
        feature,
        statistic: method,
        value: figureOf(value),
        threshold: numberOf(of('upper_threshold')),
        lowerThreshold: numberOf(of('lower_threshold')),
        direction: 'above' as const,
        breach: typeof alert === 'boolean' ? alert : null,
        nReference,
        nCurrent: n,
        window,
        period,
      },
    ];
  });
}
