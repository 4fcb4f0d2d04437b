import { fromFigure } from '../models/figures';
import { Figure } from '../schema/openapi';
import { CardMetric } from './cardBody';
import { metricName, MetricSplit, splitOfDataset } from './metricName';

/**
 * A metric that the evidence knows.
 *
 * @public
 */
export interface DerivedMetric {
  key: string;
  value: Figure;
  dataset: string | null;
  slice: string | null;
  /** Digest of the document that says it; null where the registry does. */
  evidence: string | null;
}

/** Splits that a figure without any is compared with, the likeliest first; never that of training. */
const LIKELY: ReadonlyArray<MetricSplit | null> = ['test', null, 'valid'];

/**
 * What a card states of metrics and the evidence does not bear out: the same metric (see {@link metricName}) of the same
 * slice and split, further off than the rounding of what was written. A card that names no split is contradicted only
 * where no split but training's bears it out.
 *
 * @public
 */
export function metricContradictions(
  written: readonly CardMetric[],
  derived: readonly DerivedMetric[],
): Array<{
  path: string;
  written: Figure;
  derived: Figure;
  evidence: string | null;
}> {
  const known = new Map<string, Array<DerivedMetric & Identity>>();
  for (const metric of derived) {
    const found = identity(metric);
    const key = JSON.stringify([found.name, found.slice]);
    const same = known.get(key) ?? [];
    known.set(key, same);
    same.push({ ...metric, ...found });
  }
  return written.flatMap(metric => {
    const { name, split, slice } = identity(metric);
    const same = known.get(JSON.stringify([name, slice])) ?? [];
    const splits = split === null ? LIKELY : [split, null];
    const candidates = splits.flatMap(wanted =>
      same.filter(other => other.split === wanted),
    );
    const [first] = candidates;
    return !first || candidates.some(other => agrees(metric, other.value))
      ? []
      : [
          {
            path: `metrics.${metric.key}`,
            written: metric.value,
            derived: first.value,
            evidence: first.evidence,
          },
        ];
  });
}

interface Identity {
  name: string;
  split: MetricSplit | null;
  slice: string | null;
}

function identity(metric: {
  key: string;
  dataset: string | null;
  slice: string | null;
}): Identity {
  const { name, split } = metricName(metric.key);
  return {
    name,
    split:
      split ??
      (metric.dataset === null ? null : splitOfDataset(metric.dataset)),
    slice: metric.slice?.trim().toLowerCase() ?? null,
  };
}

function agrees(written: CardMetric, derived: Figure): boolean {
  const [a, b] = [fromFigure(written.value), fromFigure(derived)];
  if (!Number.isFinite(a) || !Number.isFinite(b)) {
    return Object.is(a, b);
  }
  const decimals = written.decimals ?? decimalsOf(a);
  // Half a unit of the last written place, and a hair for what doubles cannot hold.
  const tolerance = 0.5 * 10 ** -decimals + 1e-12 * Math.max(1, Math.abs(b));
  return Math.abs(a - b) <= tolerance;
}

function decimalsOf(value: number): number {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}
