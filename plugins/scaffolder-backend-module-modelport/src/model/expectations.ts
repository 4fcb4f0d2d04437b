import { Columns } from './columns';
import { TaskFacts } from './tasks';

const LOW = 0.1;
const HIGH = 0.9;

interface Case {
  name: string;
  row: Record<string, string | number>;
  at_least?: number;
  at_most?: number;
  expect?: string;
}

/** What the tests of a repository expect of a model that was trained on the synthetic sample of its columns. */
export interface Expectations {
  golden: Case[];
  directions: Array<Record<string, string | number>>;
}

/** The cases that data/synthetic.py of the layer `columns` leaves no doubt about. */
export function expectationsOf(
  columns: Columns,
  kind: TaskFacts['kind'],
): Expectations {
  const [lead] = columns.numeric;
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
  const [most, least] =
    kind === 'numbers'
      ? [0.35, 0.45].map(share =>
          at(columns.label ?? { low: 0, high: 1 }, share),
        )
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
    directions: [
      {
        ...{ column: lead.name, from: at(lead, LOW), to: at(lead, HIGH) },
        expect: 'higher',
      },
    ],
  };
}

function rowOf(
  { numeric, categorical }: Columns,
  share: (place: number) => number,
  category: number,
): Record<string, string | number> {
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
