import { readTreeModel } from './trees/readTreeModel';
import { Link, TreeEnsemble } from './trees/TreeEnsemble';
import { ExplainedMargin, TreeExplainer } from './trees/TreeExplainer';

/** A row to explain, as it came in a request. */
export type RowToExplain = Record<string, unknown>;

/** Rows to explain by a model, as they go to the worker. */
export interface ExplainTask {
  digest: string;
  bytes: Uint8Array;
  rows: RowToExplain[];
  background: RowToExplain[] | null;
}

/** What is known of a model that was read. */
export interface DescribedModel {
  format: TreeEnsemble['format'];
  features: string[];
  classes: string[];
  link: Link;
  baseValues: number[];
  trees: number;
  /** Names of the categories of features, where the file holds them. */
  categories: Record<string, string[]>;
}

/** What became of a task. */
export type ExplainResult =
  | {
      /** Why the model can't be explained. */
      unreadable: string;
    }
  | {
      unreadable?: undefined;
      /** What is wrong with the rows. */
      refused: string;
    }
  | {
      unreadable?: undefined;
      refused?: undefined;
      model: DescribedModel;
      /** Of the background, where there is one. */
      baseValues: number[];
      rows: Array<{
        margins: number[];
        probabilities: number[] | null;
        /** One list an output, in the order of the features. */
        contributions: number[][];
      }>;
    };

/** Models that a worker keeps ready. */
const MOST_READY = 4;

const ready = new Map<string, TreeExplainer>();

/** Explains rows by a model; what is wrong with either stands in the answer. */
export function explainRows(task: ExplainTask): ExplainResult {
  let explainer: TreeExplainer;
  try {
    explainer = explainerOf(task);
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
  const { ensemble } = explainer;
  let rows: Float64Array[];
  let background: Float64Array[] | null;
  try {
    rows = task.rows.map((row, place) =>
      numbersOf(row, ensemble, `Row ${place + 1}`),
    );
    background =
      task.background?.map((row, place) =>
        numbersOf(row, ensemble, `Background row ${place + 1}`),
      ) ?? null;
  } catch (error) {
    return { refused: messageOf(error) };
  }
  const against = background && explainer.explainAgainst(rows, background);
  const explained = against?.rows ?? rows.map(row => explainer.explain(row));
  const baseValues = explainer.baseValues();
  return {
    model: {
      format: ensemble.format,
      features: ensemble.features,
      classes:
        ensemble.outputs > 1
          ? ensemble.offsets.map((_offset, output) => String(output))
          : [],
      link: ensemble.link,
      baseValues: Array.from(baseValues),
      trees: ensemble.trees.length,
      categories: ensemble.categories ?? {},
    },
    baseValues: Array.from(against?.baseValues ?? baseValues),
    rows: explained.map(row => ({
      margins: Array.from(row.margins),
      probabilities: probabilitiesOf(row, ensemble),
      contributions: row.contributions.map(list => Array.from(list)),
    })),
  };
}

function explainerOf({ digest, bytes }: ExplainTask): TreeExplainer {
  const known = ready.get(digest);
  if (known) {
    ready.delete(digest);
    ready.set(digest, known);
    return known;
  }
  const explainer = new TreeExplainer(readTreeModel(bytes));
  ready.set(digest, explainer);
  const [oldest] = ready.keys();
  if (ready.size > MOST_READY) {
    ready.delete(oldest);
  }
  return explainer;
}

/** @throws `Error` that names the feature that is missing, unknown or no number. */
function numbersOf(
  row: RowToExplain,
  { features, categories }: TreeEnsemble,
  where: string,
): Float64Array {
  const unknown = Object.keys(row).find(name => !features.includes(name));
  if (unknown !== undefined) {
    throw new Error(
      `${where}: the model has no feature "${unknown.slice(0, 100)}"`,
    );
  }
  return Float64Array.from(features, feature => {
    if (!Object.hasOwn(row, feature)) {
      throw new Error(
        `${where}: there is no "${feature}"; null stands for a missing value`,
      );
    }
    const value = row[feature];
    if (value === null || value === 'NaN') {
      return Number.NaN;
    }
    if (value === 'Infinity' || value === '-Infinity') {
      return Number(value);
    }
    const names = categories?.[feature];
    if (names && typeof value === 'string') {
      const place = names.indexOf(value);
      if (place < 0) {
        throw new Error(
          `${where}: "${feature}" has no category "${value.slice(
            0,
            100,
          )}"; expected one of ${names.slice(0, 20).join(', ')}`,
        );
      }
      return place;
    }
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new Error(`${where}: "${feature}" is no number`);
    }
    return Number(value);
  });
}

function probabilitiesOf(
  { margins }: ExplainedMargin,
  { link, slope }: TreeEnsemble,
): number[] | null {
  if (link === 'logit') {
    return Array.from(margins, margin => 1 / (1 + Math.exp(-slope * margin)));
  }
  if (link !== 'softmax') {
    return null;
  }
  const largest = Math.max(...margins);
  const powers = Array.from(margins, margin => Math.exp(margin - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map(power => power / sum);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
