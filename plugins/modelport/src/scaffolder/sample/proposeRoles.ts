import { ColumnProfile, SampleProfile } from './profileSample';

/** What a column may be besides a feature. */
export const ROLES = ['label', 'id', 'time', 'protected', 'personal'] as const;

/** What a column is for the model. */
export type Role = (typeof ROLES)[number];

/** Of these there is one column each. */
const SINGLE: readonly Role[] = ['label', 'id', 'time'];

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
const ID = /(^|_)(id|key|uuid|guid|no|number|ref)$/i;
const TIME =
  /(_at|_on|date|time|timestamp|day|month|observed|created|received|sold)$/i;
const PROTECTED =
  /^(sex|gender|age|age_?(group|band|years)?|race|ethnicity|ethnic_.*|nationality|citizenship|religion|disability|disabled|marital_?status|pregnan.*|sexual_.*)$/i;
const MOST_CLASSES = 20;

/** Proposes what the columns of a sample are, by their names and by what they hold. */
export function proposeRoles(profile: SampleProfile): Proposal {
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
  take('id', unique.find(({ name }) => ID.test(name)) ?? unique[0]);
  for (const column of free()) {
    if (column.personal !== null) {
      roles.set(column.name, 'personal');
    } else if (PROTECTED.test(column.name)) {
      roles.set(column.name, 'protected');
    }
  }
  const times = free().filter(({ type }) => type === 'time');
  take('time', times.find(({ name }) => TIME.test(name)) ?? times[0]);
  const label = labelOf(free());
  take('label', label);
  return { roles, task: label ? taskOf(label) : null };
}

/** By its name; else the last column of two values, as tables for learning have it. */
function labelOf(columns: ColumnProfile[]): ColumnProfile | undefined {
  const labels = columns.filter(({ distinct }) => distinct > 1);
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
