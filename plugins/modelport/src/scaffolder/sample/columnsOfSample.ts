import { Range } from './columnShape';
import { ColumnProfile, SampleProfile } from './profileSample';
import { Role, TAKEN_NAME } from './proposeRoles';

/** The features that a repository begins with, as the form sends them. */
export interface FormColumns {
  numeric: Array<Range & { name: string }>;
  categorical: Array<{ name: string; categories: string[] }>;
  label?: Range;
  classes?: string[];
}

/** What of a sample a repository can begin with. */
export interface ColumnsOfSample {
  /** Absent where the repository can't. */
  columns?: FormColumns;
  /** What is missing then. */
  lacks?: 'label' | 'id' | 'time' | 'query' | 'number' | 'classes' | 'grades';
  /** Columns that become nothing: free texts, times, odd or reserved names. */
  left: string[];
}

const MOST_FEATURES = 200;
/** The highest grade of relevance that is taken. */
const HIGHEST_GRADE = 30;
/** Of which column, beside label and features, the rows of a task can't do without. */
const NEEDED: Record<string, 'time' | 'query'> = {
  forecasting: 'time',
  ranking: 'query',
};
/** Words of a label that mean yes. */
const YES =
  /^(y|yes|true|t|1|bad|default(ed)?|churn(ed)?|fraud(ulent)?|pos(itive)?|match|approved|accepted|converted)$/i;

/**
 * The features of a sample: numbers with their orders of magnitude, texts with the few values that several rows share.
 *
 * @param roles - of the columns that are no features
 * @param reserved - names in lower case that the repository has columns of its own for
 */
export function columnsOfSample(
  profile: SampleProfile,
  roles: ReadonlyMap<string, Role>,
  task: string,
  reserved: readonly string[],
): ColumnsOfSample {
  const features = profile.columns.filter(
    ({ name, personal }) => !roles.has(name) && personal === null,
  );
  const usable = features.filter(
    ({ name }) =>
      TAKEN_NAME.test(name) && !reserved.includes(name.toLowerCase()),
  );
  const numeric = usable
    .flatMap(({ name, range }) => (range ? [{ name, ...range }] : []))
    .slice(0, MOST_FEATURES);
  const categorical = usable
    .flatMap(({ name, type, categories }) =>
      type === 'text' && categories.length > 0 ? [{ name, categories }] : [],
    )
    .slice(0, MOST_FEATURES);
  const taken = new Set([...numeric, ...categorical].map(({ name }) => name));
  const left = features.flatMap(({ name }) => (taken.has(name) ? [] : [name]));
  const withRole = (role: Role) =>
    profile.columns.find(({ name }) => roles.get(name) === role);
  const label = withRole('label');
  if (!label) {
    return { lacks: 'label', left };
  }
  // rows of series and queries get an id of these where they have none
  const needed = NEEDED[task] ?? 'id';
  if (!withRole(needed)) {
    return { lacks: needed, left };
  }
  // the history of a series makes numbers
  if (numeric.length === 0 && task !== 'forecasting') {
    return { lacks: 'number', left };
  }
  const about = labelOf(label, task);
  return about
    ? { columns: { numeric, categorical, ...about }, left }
    : { lacks: lackOf(task), left };
}

function lackOf(task: string) {
  if (task === 'ranking') {
    return 'grades';
  }
  return /^(regression|forecasting)$/.test(task) ? 'number' : 'classes';
}

/** The highest of the grades that several rows have; null where they are none. */
function gradeOf(categories: readonly string[]): number | null {
  const grades = categories.map(Number);
  const high = Math.max(0, ...grades);
  const areGrades = grades.every(
    grade => Number.isInteger(grade) && grade >= 0,
  );
  return areGrades && high > 0 && high <= HIGHEST_GRADE ? high : null;
}

/** What the contract of the data says of the label; null where the sample does not tell. */
function labelOf(
  { range, categories, type, distinct }: ColumnProfile,
  task: string,
): Pick<FormColumns, 'label' | 'classes'> | null {
  if (/^(regression|forecasting)$/.test(task)) {
    return range && { label: range };
  }
  if (task === 'ranking') {
    const high = type === 'boolean' ? 1 : gradeOf(categories);
    return high === null ? null : { label: { low: 0, high } };
  }
  if (task === 'multiclass') {
    return categories.length > 1 ? { classes: categories } : null;
  }
  const isBinary = range?.low === 0 && range.high === 1 && distinct <= 2;
  if (type === 'boolean' || isBinary) {
    return {};
  }
  const [first, second] = categories;
  if (categories.length !== 2) {
    return null;
  }
  const isTurned = YES.test(first) && !YES.test(second);
  return { classes: isTurned ? [second, first] : [first, second] };
}
