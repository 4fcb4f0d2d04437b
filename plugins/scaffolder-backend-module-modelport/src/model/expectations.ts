import { Columns } from './columns';
import { Task, TASK_FACTS } from './tasks';

const LOW = 0.1;
const HIGH = 0.9;

type Row = Record<string, string | number>;

interface Case {
  name: string;
  row: Row;
  at_least?: number;
  at_most?: number;
  expect?: string;
}

/** What the tests of a repository expect of a model that was trained on the synthetic sample of its columns. */
export interface Expectations {
  golden: Case[];
  /** Rows from the most to the least relevant one. */
  order?: Array<{ row: Row }>;
  directions: Row[];
}

/** The cases that data/synthetic.py of the layer `columns` leaves no doubt about. */
export function expectationsOf(columns: Columns, task: Task): Expectations {
  if (task === 'forecasting') {
    return expectationsOfSeries(columns);
  }
  const { kind } = TASK_FACTS[task];
  const [lead] = columns.numeric;
  const rises = {
    ...{ column: lead.name, from: at(lead, LOW), to: at(lead, HIGH) },
    expect: 'higher',
  };
  if (kind === 'classes') {
    const classes = columns.classes ?? [];
    const last = classes.length - 1;
    const from = at(lead, 0.5 / classes.length);
    const to = at(lead, (last + 0.5) / classes.length);
    return {
      golden: [0, last].map(index => ({
        name: `a row in the middle of class ${index + 1}`,
        row: rowOf(
          columns,
          place => (((index + place) % classes.length) + 0.5) / classes.length,
          index,
        ),
        expect: classes[index],
      })),
      directions: [{ column: lead.name, from, to, class: 0, expect: 'lower' }],
    };
  }
  if (kind === 'order') {
    const row = (share: number) => ({ row: rowOf(columns, () => share, 0) });
    return {
      golden: [{ name: 'it has a score', ...row(0.5) }],
      order: [HIGH, 0.5, LOW].map(row),
      directions: [rises],
    };
  }
  const [most, least] =
    kind === 'numbers'
      ? [0.35, 0.45].map(share => at(labelOf(columns), share))
      : [0.25, 0.6];
  return {
    golden: [
      {
        name: 'every number is low',
        row: rowOf(columns, () => LOW, 0),
        at_most: most,
      },
      {
        name: 'every number is high',
        row: rowOf(columns, () => HIGH, 0),
        at_least: least,
      },
    ],
    directions: [rises],
  };
}

/** Series whose history lies low or high, on an ordinary day. */
function expectationsOfSeries(columns: Columns): Expectations {
  const label = labelOf(columns);
  const row = (share: number) => ({
    ...Object.fromEntries(
      ['lag_first', 'lag_second', 'mean_28'].map(name => [
        name,
        at(label, share),
      ]),
    ),
    ...rowOf(columns, () => 0.4, 0),
    weekday: '0',
  });
  const [lead] = columns.numeric;
  return {
    golden: [
      {
        ...{ name: 'a quiet series', row: row(0.22) },
        at_most: at(label, 0.42),
      },
      {
        ...{ name: 'a strong series', row: row(0.45) },
        at_least: at(label, 0.27),
      },
    ],
    directions: [
      {
        ...{ column: 'mean_28', from: at(label, 0.2), to: at(label, 0.5) },
        expect: 'higher',
      },
      ...(lead
        ? [
            {
              ...{ column: lead.name, from: at(lead, LOW), to: at(lead, HIGH) },
              expect: 'higher',
            },
          ]
        : []),
    ],
  };
}

function labelOf({ label }: Columns): { low: number; high: number } {
  return label ?? { low: 0, high: 1 };
}

function rowOf(
  { numeric, categorical }: Columns,
  share: (place: number) => number,
  category: number,
): Row {
  return Object.fromEntries([
    ...numeric.map((each, place) => [each.name, at(each, share(place))]),
    ...categorical.map(({ name, categories }) => [
      name,
      categories[category % categories.length],
    ]),
  ]);
}

/** The number at a share of a range, without the noise of binary fractions. */
function at({ low, high }: { low: number; high: number }, share: number) {
  return Number((low + share * (high - low)).toPrecision(6));
}
