import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  explanationSummary,
  findEvidenceKind,
} from '@modelport/plugin-modelport-common';
import { parquetExplanationReader } from './readers/parquetExplanationReader';

const REGISTRY = resolve(__dirname, '../../../../examples/registry');

/** By numpy and scipy: mean of the absolute values, ends of its interval, rank correlation. */
const expected: Record<
  string,
  {
    features: Record<string, [number, number, number, number | null]>;
    maxError: number;
  }
> = JSON.parse(
  readFileSync(resolve(__dirname, '__fixtures__/importance.json'), 'utf8'),
);

describe('global importance, as numpy and scipy compute it', () => {
  it.each(Object.entries(expected))(
    '%s',
    async (key, { features, maxError }) => {
      const [name, version] = key.split('/');
      const path = resolve(
        REGISTRY,
        name,
        'versions',
        version,
        'explanations/shap_rows.parquet',
      );
      const { body } = await parquetExplanationReader.read(readFileSync(path), {
        path: null,
        mediaType: '',
      });
      const { outputs } = explanationSummary.parse(
        findEvidenceKind('explanation')?.seal?.(body).kept,
      );
      const ours = outputs[0].features;
      expect(ours.map(one => one.rank)).toEqual(ours.map((_, i) => i + 1));
      expect([...ours].sort((a, b) => b.meanAbs - a.meanAbs)).toEqual(ours);
      for (const one of ours) {
        const [mean, lower, upper, correlation] = features[one.name];
        expect(one.meanAbs).toBeCloseTo(mean, 12);
        expect(one.lower).toBeCloseTo(lower, 10);
        expect(one.upper).toBeCloseTo(upper, 10);
        expect(one.rankCorrelation === null).toBe(correlation === null);
        expect(one.rankCorrelation ?? 0).toBeCloseTo(correlation ?? 0, 10);
        const way = (correlation ?? 0) > 0 ? 'increasing' : 'decreasing';
        const isClear = Math.abs(correlation ?? 0) >= 0.5;
        const unclear = correlation === null ? null : 'not monotone';
        expect(one.direction).toBe(isClear ? way : unclear);
      }
      expect(outputs[0].additivity.maxError).toBeCloseTo(maxError, 12);
      expect(outputs[0].additivity.ok).toBe(true);
    },
  );
});
