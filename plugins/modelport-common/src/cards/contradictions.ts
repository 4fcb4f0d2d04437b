import { fromFigure } from '../models/figures';
import { Figure } from '../schema/openapi';
import { CardMetric } from './cardBody';
import {
  isSplitAlone,
  metricName,
  MetricSplit,
  splitOfDataset,
} from './metricName';

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

/**
 * A metric that a card states and the evidence does not bear out.
 *
 * @public
 */
export interface MetricContradiction {
  path: string;
  written: Figure;
  /** Decimals that were written, where that is known. */
  decimals: number | null;
  dataset: string | null;
  slice: string | null;
  derived: Figure;
  /** Digest of the document that measured it; null where the registry did. */
  evidence: string | null;
  /** What was measured. */
  measured: { key: string; dataset: string | null };
}

/** Splits that a figure without any is compared with, the likeliest first; never that of training. */
const LIKELY: ReadonlyArray<MetricSplit | null> = ['test', null, 'valid'];

/**
 * What a card states of metrics and the evidence does not bear out: further off than the rounding of what was written.
 * A metric is compared with the nearest measurements there are of its slice, and with no others: of the same key and
 * dataset; else of the same metric (see {@link metricName}) and dataset; else with those of its split whose dataset may
 * be the same, as one of the two names none or only a split such as `test`, of the same key where it names a split.
 * Where several are as near, one that bears it out is enough. Training's figures only count for a card that names it.
 *
 * @public
 */
export function metricContradictions(
  written: readonly CardMetric[],
  derived: readonly DerivedMetric[],
): MetricContradiction[] {
  const known = new Map<string, Identified[]>();
  for (const metric of derived) {
    const found = { metric, ...identityOf(metric) };
    const same = known.get(found.subject) ?? [];
    known.set(found.subject, same);
    same.push(found);
  }
  return written.flatMap(metric => {
    const identity = identityOf(metric);
    const nearest = nearestOf(identity, known.get(identity.subject) ?? []);
    const [first] = nearest;
    return !first ||
      nearest.some(({ metric: { value } }) => agrees(metric, value))
      ? []
      : [
          {
            path: `metrics.${metric.key}`,
            written: metric.value,
            decimals: metric.decimals ?? null,
            dataset: metric.dataset,
            slice: metric.slice,
            derived: first.metric.value,
            evidence: first.metric.evidence,
            measured: { key: first.metric.key, dataset: first.metric.dataset },
          },
        ];
  });
}

interface Identity {
  /** The metric and the slice, however they are written. */
  subject: string;
  key: string;
  dataset: string | null;
  /** Whether the dataset is told by more than the split that it is. */
  isNamed: boolean;
  split: MetricSplit | null;
}

interface Identified extends Identity {
  metric: DerivedMetric;
}

/** The measurements that come as near as any to what is meant, the likeliest first. */
function nearestOf(meant: Identity, same: Identified[]): Identified[] {
  const ofSplit = inSplitOf(meant, same);
  const ofDataset = same.filter(({ dataset }) => dataset === meant.dataset);
  const likely = ofSplit.filter(other => !(meant.isNamed && other.isNamed));
  const ofKey = ({ key }: Identity) => key === meant.key;
  return (
    [
      ofDataset.filter(ofKey),
      meant.dataset === null ? [] : inSplitOf(meant, ofDataset),
      meant.split === null ? [] : likely.filter(ofKey),
      likely,
    ].find(({ length }) => length > 0) ?? []
  );
}

function inSplitOf(meant: Identity, all: Identified[]): Identified[] {
  const splits = meant.split === null ? LIKELY : [meant.split, null];
  return splits.flatMap(split => all.filter(other => other.split === split));
}

function identityOf(metric: {
  key: string;
  dataset: string | null;
  slice: string | null;
}): Identity {
  const { name, split } = metricName(metric.key);
  const { dataset, slice } = metric;
  return {
    subject: JSON.stringify([name, slice?.trim().toLowerCase() ?? null]),
    key: metric.key.trim().toLowerCase(),
    dataset: dataset?.trim().toLowerCase() ?? null,
    isNamed: dataset !== null && !isSplitAlone(dataset),
    split: split ?? (dataset === null ? null : splitOfDataset(dataset)),
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
