import { ColumnProfile, SampleProfile } from './profileSample';

/** What a column may be besides a feature. */
export const ROLES = [
  'label',
  'id',
  'time',
  'series',
  'query',
  'protected',
  'personal',
  'unused',
] as const;

/** What a column is for the model. */
export type Role = (typeof ROLES)[number];

/** Of these there is one column each. */
const SINGLE: readonly Role[] = ['label', 'id', 'time', 'series', 'query'];

/** What only the rows of one task have. */
const TASK_OF: Partial<Record<Role, string>> = {
  series: 'forecasting',
  query: 'ranking',
};

/** What is proposed for a sample; each of it a guess. */
export interface Proposal {
  /** By the name of the column; those that are left out are features. */
  roles: ReadonlyMap<string, Role>;
  /** Null where the label tells none. */
  task: 'binary' | 'multiclass' | 'regression' | null;
}

/** Names that the form takes. */
export const TAKEN_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

const LABEL =
  /^(label|target|y|outcome|response|class|default(ed)?|churn(ed)?|fraud|is_.*|has_.*|converted|approved|survived|relevance|price|demand|sales|.*_(label|target|class|flag))$/i;
/** Names of labels that are common where there are series or queries; the likelier ones first. */
const LABELS_OF: Record<string, RegExp[]> = {
  forecasting: [
    /^(y|target|label|demand|sales)$/i,
    /^(value|units|quantity|qty|volume|load|consumption|revenue|orders)$/i,
    /^(count|traffic|visits|visitors)$/i,
  ],
  ranking: [/^(relevance|grade|label|target)$/i, /^(rating|click(s|ed)?)$/i],
};
const SERIES =
  /^(series|shop|store|site|station|sensor|meter|branch|location|region|country|product|item|article|sku|symbol|ticker|warehouse|route|unit)(_?(id|key|no|number|code|name))?$/i;
const QUERY =
  /^(q|query|search|session|request|impression|basket|list)_?(id|key|no|number|uuid|text)?$/i;
const ASKER = /^(user|customer|person|visitor)_?(id|key|no|number|uuid)?$/i;
const ID = /(^|_)(id|key|uuid|guid|no|number|ref)$/i;
const TIME =
  /(_at|_on|date|time|timestamp|day|month|observed|created|received|sold)$/i;
const PROTECTED =
  /^(sex|gender|age|age_?(group|band|years)?|race|ethnicity|ethnic_.*|nationality|citizenship|religion|disability|disabled|marital_?status|pregnan.*|sexual_.*)$/i;
const MOST_CLASSES = 20;

/** The roles that columns of a task can have. */
export function rolesOf(task: string): Role[] {
  return ROLES.filter(role => (TASK_OF[role] ?? task) === task);
}

/** Proposes what the columns of a sample are for a task, by their names and by what they hold. */
export function proposeRoles(profile: SampleProfile, task: string): Proposal {
  const columns = profile.columns.filter(({ name }) => TAKEN_NAME.test(name));
  const roles = new Map<string, Role>();
  const take = (role: Role, column: ColumnProfile | undefined) => {
    if (column) {
      roles.set(column.name, role);
    }
  };
  const free = () =>
    columns.filter(
      ({ name, type }) => !roles.has(name) && !/^(empty|bytes)$/.test(type),
    );

  const unique = columns.filter(
    ({ isUnique, type, personal }) =>
      isUnique &&
      /^(integer|text)$/.test(type) &&
      (personal === null || personal === 'person'),
  );
  const id = unique.find(({ name }) => ID.test(name));
  if (task === 'forecasting') {
    take('id', id);
    take('series', seriesOf(free()));
  } else if (task === 'ranking') {
    take('id', id);
    take('query', queryOf(free()));
  } else {
    take('id', id ?? unique[0]);
  }
  for (const column of free()) {
    if (column.personal !== null) {
      roles.set(column.name, 'personal');
    } else if (PROTECTED.test(column.name)) {
      roles.set(column.name, 'protected');
    }
  }
  const times = free().filter(({ type }) => type === 'time');
  take('time', times.find(({ name }) => TIME.test(name)) ?? times[0]);
  const label = labelOf(free(), task);
  take('label', label);
  return { roles, task: label ? taskOf(label) : null };
}

/** Whether a column may part the rows into groups: a person may be one, and whatever else is personal not. */
function isGroup({ personal, type, distinct, isUnique }: ColumnProfile) {
  return (
    (personal === null || personal === 'person') &&
    /^(integer|text)$/.test(type) &&
    distinct > 1 &&
    !isUnique
  );
}

/** What has one row at each time: by its name, else the one that parts the rows into the fewest. */
function seriesOf(columns: ColumnProfile[]): ColumnProfile | undefined {
  const found = columns
    .filter(column => isGroup(column) && column.isOncePerTime)
    .sort((a, b) => a.distinct - b.distinct);
  return found.find(({ name }) => SERIES.test(name)) ?? found[0];
}

/** By its name; else who is shown the items; else what is called an id and is there in several rows. */
function queryOf(columns: ColumnProfile[]): ColumnProfile | undefined {
  const found = columns.filter(isGroup);
  return named(found, [QUERY, ASKER, ID]);
}

/** The first column of the first pattern that any has the name for. */
function named(
  columns: ColumnProfile[],
  patterns: readonly RegExp[],
): ColumnProfile | undefined {
  return patterns
    .map(names => columns.find(({ name }) => names.test(name)))
    .find(column => column !== undefined);
}

/** By its name; else the last column of two values, as tables for learning have it; a forecast is of numbers. */
function labelOf(
  columns: ColumnProfile[],
  task: string,
): ColumnProfile | undefined {
  const labels = columns.filter(
    ({ distinct, type }) =>
      distinct > 1 &&
      (task !== 'forecasting' || /^(integer|number)$/.test(type)),
  );
  const usual = named(labels, LABELS_OF[task] ?? []);
  if (usual || task === 'forecasting') {
    return usual ?? labels.at(-1);
  }
  return (
    labels.find(({ name }) => LABEL.test(name)) ??
    labels.filter(({ distinct }) => distinct === 2).at(-1) ??
    labels.at(-1)
  );
}

function taskOf({ type, distinct, hasMoreDistinct }: ColumnProfile) {
  if (distinct === 2) {
    return 'binary';
  }
  if (!hasMoreDistinct && distinct <= MOST_CLASSES && type !== 'number') {
    return 'multiclass';
  }
  return type === 'number' || type === 'integer' ? 'regression' : null;
}

/** The roles with that of one column changed; what there is only one of is taken from the column that had it. */
export function withRole(
  roles: ReadonlyMap<string, Role>,
  name: string,
  role: Role | undefined,
): ReadonlyMap<string, Role> {
  const others = [...roles].filter(
    ([other, its]) => other !== name && !(its === role && SINGLE.includes(its)),
  );
  return new Map([...others, ...(role ? [[name, role] as const] : [])]);
}
