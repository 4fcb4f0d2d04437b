import {
  calibrationBands,
  calibrationBody,
  ComparedEvidence,
  ComparedMeasurement,
  Comparison,
  DifferenceOnRows,
  expectedCalibrationError,
  Figure,
  fromFigure,
  ReliabilityBand,
  ReliabilityCurve,
  wilsonInterval,
} from '@modelport/plugin-modelport-common';
import { setImmediate } from 'node:timers/promises';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { ShortMemory } from '../models/ShortMemory';
import {
  Paired,
  PairedMetric,
  pairedMetric,
  pairedMetricOf,
} from '../promotions/gates/pairedMetric';
import {
  areProbabilities,
  comparableRows,
  isOfClasses,
} from '../promotions/gates/scoredRows';
import { EvidenceService } from './EvidenceService';
import { Logged, pairedRowMetric, RowMetric, rowMetricOf } from './rowMetrics';
import {
  isSet,
  RowSet,
  rowsOfBoth,
  setsFor,
  SharedRows,
  tellsOf,
  VersionRows,
} from './rowsOfBoth';

const LEVEL = 0.95;
const NO_CLASSES = 'labels of the evaluation rows are not 0 and 1';
/** Sets of rows of a version that are looked at; the newest ones. */
const MOST_SETS = 3;
const REMEMBERED_MS = 60_000;
/** What a metric is called that is known from rows alone. */
const OWN_KEYS = [
  ['auc', 'roc_auc'],
  ['log-loss', 'log_loss'],
  ['brier', 'brier_score'],
] as const;

interface Asked {
  source: string;
  name: string;
  versions: string[];
  visibility: ModelsVisibility;
}

/** What evidence says of the differences of versions: figures over rows, never the rows themselves. */
export class EvidenceComparison {
  private readonly known = new ShortMemory<Paired>({
    milliseconds: REMEMBERED_MS,
    most: 200,
  });

  constructor(
    private readonly options: {
      evidence: Pick<EvidenceService, 'documentsOf' | 'openRows'>;
      models: Pick<ModelsService, 'compare'>;
    },
  ) {}

  /** @throws as `ModelsService.compare` does. */
  async compare(asked: Asked): Promise<ComparedEvidence> {
    const { source, name, versions, visibility } = asked;
    const comparison = await this.options.models.compare(
      source,
      name,
      versions,
      visibility,
    );
    const read: VersionRows[] = [];
    for (const version of versions) {
      read.push(await this.rowsOf(asked, version));
    }
    const [baseline, ...others] = read;
    const differences: DifferenceOnRows[] = [];
    const withoutRows: ComparedEvidence['withoutRows'] = [];
    const remarks: string[] = [];
    for (const other of others) {
      const both = rowsOfBoth(comparison.metrics, baseline, other);
      remarks.push(...both.remarks);
      const { found, why } = await this.differences(comparison, both.shared, [
        baseline.version,
        other.version,
      ]);
      differences.push(...found);
      if (found.length === 0) {
        const empty = [baseline, other].find(({ sets }) => sets.length === 0);
        withoutRows.push({
          version: other.version,
          why: empty?.why ?? both.why ?? why,
          rowsAtHand: !empty,
        });
      }
    }
    const curves = await Promise.all(
      read.map(async of => {
        const found = curvesOf(of, read, comparison);
        return found.length > 0
          ? found
          : this.curveOfDocument(asked, of.version);
      }),
    );
    return {
      differences,
      withoutRows,
      remarks,
      calibrations: curves.flatMap(curve => curve ?? []),
    };
  }

  /** Each metric of the whole set that rows of both tell, whether or not the registry says on what it measured it. */
  private async differences(
    comparison: Comparison,
    shared: SharedRows[],
    versions: [baseline: string, other: string],
  ): Promise<{ found: DifferenceOnRows[]; why: string }> {
    const found: DifferenceOnRows[] = [];
    let why = 'no metric that both have is compared row by row';
    // The same bytes may be about another model, of which nobody was erased.
    const of = comparison.versions.map(({ source, name }) => [source, name]);
    const whole = comparison.metrics.filter(({ slice }) => slice === null);
    const named = new Set(whole.map(({ key }) => key));
    const compare = async (
      key: string,
      metric: PairedMetric | RowMetric,
      values: ComparedMeasurement[],
    ) => {
      const logged = {
        candidate: loggedOf(comparison, values, versions[1]),
        production: loggedOf(comparison, values, versions[0]),
      };
      const sets = setsFor(values, versions, shared);
      if (sets.length < shared.length) {
        why = `${key} was measured on other rows than those that both have`;
      }
      for (const { baseline, other, set } of sets) {
        const { paired, why: whyNot } = await this.known.get(
          JSON.stringify([of, metric, idOf(other), idOf(baseline), logged]),
          async () => {
            // Others get their turn between two computations.
            await setImmediate();
            if (isRowMetric(metric)) {
              return pairedRowMetric(metric, other.rows, baseline.rows, {
                level: LEVEL,
                logged,
              });
            }
            return isOfClasses(other.rows) && isOfClasses(baseline.rows)
              ? pairedMetric(metric, other.rows, baseline.rows, LEVEL)
              : { paired: null, why: NO_CLASSES };
          },
        );
        if (!paired) {
          why = whyNot;
        } else if (tellsOf(key, set, values, versions, paired)) {
          found.push({
            version: versions[1],
            key,
            value: paired.candidate,
            baseline: paired.production,
            difference: paired.difference,
            lower: paired.lower,
            upper: paired.upper,
            level: LEVEL,
            n: paired.n,
            method: paired.method,
            evaluationSet: set,
            evidence: [other.digest, baseline.digest],
          });
          return true;
        }
      }
      return false;
    };
    const told = new Set<PairedMetric | RowMetric>();
    for (const { key, values } of whole) {
      const metric = pairedMetricOf(key) ?? rowMetricOf(key);
      if (metric && (await compare(key, metric, values))) {
        told.add(metric);
      }
    }
    // What no version logged is told by the rows all the same.
    for (const [metric, key] of OWN_KEYS) {
      if (!told.has(metric) && !named.has(key)) {
        await compare(key, metric, []);
      }
    }
    return { found, why };
  }

  private async rowsOf(asked: Asked, version: string): Promise<VersionRows> {
    const { evidence } = this.options;
    const documents = await evidence.documentsOf(
      { ...asked, version },
      { kind: 'evaluation-rows', limit: MOST_SETS },
    );
    const sets: VersionRows['sets'] = [];
    let why = `version ${version} has no evaluation rows`;
    for (const document of documents) {
      const rows = await evidence.openRows(document);
      const body = isObject(document.body) ? { ...document.body, rows } : null;
      const read = comparableRows({ body });
      if (!read.rows) {
        why = `of version ${version}, ${read.why}`;
      } else if (
        read.rows.ids.length > 0 &&
        !sets.some(set => isSet(set.rows, read.rows.evaluationSet))
      ) {
        sets.push({ digest: document.evidence.digest, rows: read.rows });
      }
    }
    return { version, sets, why };
  }

  private async curveOfDocument(
    asked: Asked,
    version: string,
  ): Promise<ReliabilityCurve | null> {
    const [document] = await this.options.evidence.documentsOf(
      { ...asked, version },
      { kind: 'calibration', limit: 1 },
    );
    const read = calibrationBody.safeParse(document?.body);
    if (!read.success) {
      return null;
    }
    const { evaluationSet, dataset, n, bins } = read.data;
    const bands = bins.map(band =>
      withInterval({
        lower: band.lower,
        upper: band.upper,
        n: band.n,
        predicted: finite(band.predicted),
        observed: finite(band.observed),
      }),
    );
    return {
      version,
      from: 'document',
      evaluationSet: evaluationSet
        ? { id: evaluationSet.id, hash: evaluationSet.hash ?? null }
        : null,
      dataset: dataset ?? null,
      n,
      error:
        finite(read.data.expectedCalibrationError) ??
        expectedCalibrationError(bands),
      bands,
      evidence: document.evidence.digest,
    };
  }
}

/**
 * From the rows of each set whose scores are probabilities: first of sets that metrics were measured on, then of those
 * that more of the versions have, then of larger ones.
 */
function curvesOf(
  { version, sets }: VersionRows,
  all: VersionRows[],
  { metrics }: Comparison,
): ReliabilityCurve[] {
  const rank = (id: string, n: number) => [
    metrics.filter(({ values }) =>
      values.some(({ measurement }) => measurement?.evaluationSet?.id === id),
    ).length,
    all.filter(of => of.sets.some(({ rows }) => rows.evaluationSet.id === id))
      .length,
    n,
  ];
  return sets
    .flatMap(({ digest, rows }): ReliabilityCurve[] => {
      if (!isOfClasses(rows) || !areProbabilities(rows.scores)) {
        return [];
      }
      const { labels, scores, evaluationSet } = rows;
      const bands = calibrationBands(labels, scores);
      return [
        {
          version,
          from: 'rows',
          evaluationSet,
          dataset: null,
          n: labels.length,
          error: expectedCalibrationError(bands),
          bands: bands.map(withInterval),
          evidence: digest,
        },
      ];
    })
    .map(curve => ({
      curve,
      ranks: rank(curve.evaluationSet?.id ?? '', curve.n),
    }))
    .sort(
      (a, b) =>
        a.ranks
          .map((one, place) => b.ranks[place] - one)
          .find(difference => difference !== 0) ?? 0,
    )
    .map(({ curve }) => curve);
}

/** What is another one once rows were erased. */
function idOf({ digest, rows }: RowSet) {
  return [digest, rows.erased];
}

function isRowMetric(metric: PairedMetric | RowMetric): metric is RowMetric {
  return rowMetricOf(metric) !== null;
}

/** What a version logged of a metric, and its threshold where it states one. */
function loggedOf(
  comparison: Comparison,
  values: ComparedMeasurement[],
  version: string,
): Logged {
  const thresholds =
    comparison.versions.find(one => one.version === version)?.decision
      ?.thresholds ?? [];
  const value = values.find(one => one.version === version)?.measurement?.value;
  return {
    value: finite(value),
    threshold: thresholds.length === 1 ? thresholds[0] : undefined,
  };
}

function withInterval(
  band: Pick<
    ReliabilityBand,
    'lower' | 'upper' | 'n' | 'predicted' | 'observed'
  >,
): ReliabilityBand {
  const { lower, upper, n, predicted, observed } = band;
  const interval =
    observed === null || n === 0
      ? null
      : wilsonInterval(Math.round(observed * n), n, LEVEL);
  return {
    lower,
    upper,
    n,
    predicted,
    observed,
    observedLower: interval?.lower ?? null,
    observedUpper: interval?.upper ?? null,
  };
}

function finite(figure: Figure | null | undefined): number | null {
  const value =
    figure === null || figure === undefined ? NaN : fromFigure(figure);
  return Number.isFinite(value) ? value : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
