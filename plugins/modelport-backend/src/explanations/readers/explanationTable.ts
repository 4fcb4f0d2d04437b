import {
  ExplanationBody,
  ExplanationRow,
  ExplanationSidecar,
  refuseTooManyValues,
} from '@modelport/plugin-modelport-common';

type Cell = number | string | boolean | null;

/** Names of the last column of `pred_contribs`, in the habits of several tools. */
const BIAS = /^(bias|base_?values?|expected_?value|\(?intercept\)?)$/i;
const ROW_ID = /^(row_?id|id|index|__index_level_0__)$/i;
const CONTRIBUTION = /^shap(?:\[([^\]]+)\])?\.(.+)$/;
const PER_CLASS = /^(base_value|margin|output|probability)(?:\[([^\]]+)\])?$/;

/** Whether a column names rows or people. */
export function isId(name: string): boolean {
  return ROW_ID.test(name) || name === 'subject';
}

/** A table as its columns. */
export interface Table {
  rows: number;
  names: string[];
  /** The cells of a column; absent is null. */
  column: (name: string) => ReadonlyArray<unknown>;
}

/**
 * Reads explained rows from a table: `shap.<feature>` with `value.<feature>`, `base_value` and `margin`, `output` or
 * `probability` (each with `[<class>]` where there are several outputs), or the columns of `pred_contribs`: one a
 * feature, and `bias`.
 *
 * @throws `Error` that says what is missing.
 */
export function readExplanationTable(
  table: Table,
  sidecar: ExplanationSidecar | undefined,
): ExplanationBody {
  const shap = table.names.flatMap(name => {
    const [, of = null, feature] = CONTRIBUTION.exec(name) ?? [];
    return feature === undefined ? [] : [{ name, of, feature }];
  });
  return withSidecar(
    shap.length > 0 ? ofShapColumns(table, shap) : ofBiasColumn(table),
    sidecar,
  );
}

/** Adds what `explanation.json` says, which counts more than what was told from a file's columns. */
export function withSidecar(
  body: ExplanationBody,
  sidecar: ExplanationSidecar | undefined,
): ExplanationBody {
  if (!sidecar) {
    return body;
  }
  const { explains, perturbation, background, groups, personal } = sidecar;
  const groupOf = new Map(
    Object.entries(groups ?? {}).flatMap(([group, features]) =>
      features.map(feature => [feature, group] as const),
    ),
  );
  return {
    ...body,
    explains: { ...body.explains, ...explains },
    perturbation: perturbation ?? body.perturbation,
    background: background ?? body.background,
    retrainingNoise: sidecar.retrainingNoise ?? body.retrainingNoise,
    features: body.features.map(feature => {
      const group = groupOf.get(feature.name) ?? feature.group;
      return {
        ...feature,
        group,
        // What is personal is so in all of its columns.
        personal:
          personal?.some(name => name === feature.name || name === group) ??
          feature.personal,
      };
    }),
  };
}

function ofShapColumns(
  table: Table,
  shap: Array<{ name: string; of: string | null; feature: string }>,
): ExplanationBody {
  const classes = [...new Set(shap.flatMap(({ of }) => of ?? []))];
  const features = [...new Set(shap.map(({ feature }) => feature))];
  refuseTooManyValues(table.rows, classes.length, features.length);
  const outputs = classes.length > 0 ? classes : [null];
  const parts = new Map(
    table.names.flatMap(name => {
      const [, part, of = null] = PER_CLASS.exec(name) ?? [];
      return part === undefined
        ? []
        : [[JSON.stringify([part, of]), name] as const];
    }),
  );
  const numbersOf = (part: string, of: string | null) => {
    const name =
      parts.get(JSON.stringify([part, of])) ??
      parts.get(JSON.stringify([part, null]));
    return name === undefined ? undefined : table.column(name).map(number);
  };
  const bases = outputs.map(of => numbersOf('base_value', of));
  const unit = ['margin', 'output', 'probability'].find(part =>
    outputs.some(of => numbersOf(part, of)),
  );
  const explained = outputs.map(of =>
    unit === undefined ? undefined : numbersOf(unit, of),
  );
  const contributions = outputs.map(of =>
    features.map(feature => {
      const found = shap.find(one => one.of === of && one.feature === feature);
      if (!found) {
        throw new Error(
          `There is no column shap${of === null ? '' : `[${of}]`}.${feature}`,
        );
      }
      return table.column(found.name).map(number);
    }),
  );
  const values = features.map(feature =>
    table.names.includes(`value.${feature}`)
      ? table.column(`value.${feature}`)
      : undefined,
  );
  const ids = rowIds(table);
  return {
    explains: {
      output: unit === 'probability' ? 'probability' : 'margin',
      link:
        unit === 'margin' &&
        isLogit(explained[0], numbersOf('probability', outputs[0]))
          ? 'logit'
          : null,
    },
    features: features.map(name => ({ name })),
    classes,
    rows: ids.map((id, place) => ({
      ...id,
      values: values.some(Boolean)
        ? values.map(column => cellOf(column?.[place]))
        : null,
      baseValue: perClass(bases.map(column => column?.[place] ?? null)),
      output: perClass(explained.map(column => column?.[place] ?? null)),
      contributions: perOutput(
        contributions.map(columns =>
          columns.map(column => column[place] ?? Number.NaN),
        ),
      ),
    })),
  };
}

/** Whether the probabilities beside the margins are their logistic function. */
function isLogit(
  margins: Array<number | null> | undefined,
  probabilities: Array<number | null> | undefined,
): boolean {
  return (
    margins !== undefined &&
    probabilities !== undefined &&
    margins.length > 0 &&
    margins.every((margin, place) => {
      const probability = probabilities[place];
      return (
        margin !== null &&
        probability !== null &&
        Math.abs(1 / (1 + Math.exp(-margin)) - probability) < 1e-5
      );
    })
  );
}

/** The columns of `pred_contribs`, in long form with a column `class` where there are several outputs. */
function ofBiasColumn(table: Table): ExplanationBody {
  const bias = table.names.filter(name => BIAS.test(name));
  if (bias.length !== 1) {
    throw new Error(
      `It holds no explanation: expected columns shap.<feature>, or one a feature and one called bias (there are ${bias.length} of that kind)`,
    );
  }
  const apart = ['class', 'subject', 'margin', 'output', 'probability'];
  const features = table.names.filter(
    name => name !== bias[0] && !ROW_ID.test(name) && !apart.includes(name),
  );
  const has = (name: string) => table.names.includes(name);
  const unit = ['margin', 'output', 'probability'].find(has);
  const classOf = has('class')
    ? table.column('class').map(cell => String(cell))
    : undefined;
  const classes = [...new Set(classOf ?? [])];
  refuseTooManyValues(table.rows, 1, features.length);
  const bases = table.column(bias[0]).map(number);
  const outputs = unit === undefined ? [] : table.column(unit).map(number);
  const columns = features.map(name => table.column(name).map(number));
  const ids = rowIds(table, classes.length || 1);
  const byId = new Map<
    string,
    { id: (typeof ids)[number]; places: Map<string, number> }
  >();
  for (const [place, id] of ids.entries()) {
    const of = classOf?.[place] ?? '';
    const row = byId.get(id.id) ?? { id, places: new Map<string, number>() };
    if (row.places.has(of)) {
      throw new Error(`Row ${place + 1}: its id is that of another row`);
    }
    row.places.set(of, place);
    byId.set(id.id, row);
  }
  const order = classes.length > 0 ? classes : [''];
  return {
    explains: { output: unit === 'probability' ? 'probability' : 'margin' },
    features: features.map(name => ({ name })),
    classes,
    rows: [...byId.values()].map(({ id, places }) => {
      const found = order.map(of => places.get(of) ?? -1);
      return {
        ...id,
        values: null,
        baseValue: perClass(found.map(place => bases[place] ?? null)),
        output: perClass(found.map(place => outputs[place] ?? null)),
        contributions: perOutput(
          found.map(place =>
            columns.map(column => column[place] ?? Number.NaN),
          ),
        ),
      };
    }),
  };
}

/** Ids of the rows; counted from 0 where there are none, the same for the outputs of one row. */
function rowIds(
  table: Table,
  outputs = 1,
): Array<Pick<ExplanationRow, 'id' | 'subject'>> {
  const name = table.names.find(column => ROW_ID.test(column));
  const ids = name === undefined ? undefined : table.column(name);
  const subjects = table.names.includes('subject')
    ? table.column('subject')
    : undefined;
  return Array.from({ length: table.rows }, (_, place) => ({
    id: String(ids?.[place] ?? Math.floor(place / outputs)),
    subject:
      subjects?.[place] === undefined || subjects[place] === null
        ? null
        : String(subjects[place]),
  }));
}

/** One number where there is one output; null where any is missing. */
export function perClass(figures: Array<number | null>) {
  const known = figures.flatMap(figure => figure ?? []);
  if (known.length < figures.length) {
    return null;
  }
  return known.length === 1 ? known[0] : known;
}

/** One list where there is one output. */
export function perOutput(lists: number[][]): number[] | number[][] {
  return lists.length === 1 ? lists[0] : lists;
}

function number(cell: unknown): number | null {
  if (typeof cell === 'bigint' || typeof cell === 'boolean') {
    return Number(cell);
  }
  if (typeof cell === 'string' && cell.trim() !== '') {
    const value = Number(cell);
    return Number.isFinite(value) ? value : null;
  }
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : null;
}

/** A feature's value as it can be kept: NaN is missing, times are text. */
export function cellOf(cell: unknown): Cell {
  if (typeof cell === 'string') {
    return cell.slice(0, 500);
  }
  if (typeof cell === 'boolean') {
    return cell;
  }
  if (cell instanceof Date) {
    return Number.isNaN(cell.getTime()) ? null : cell.toISOString();
  }
  return number(cell);
}
