import { ReasonCodes } from './reasonCodesBody';
import { ExplainedImportance } from './summariseExplanation';

/** Contributions that differ by less are taken for equal. */
const EQUAL = 1e-9;

/**
 * Why an approved decision has no reasons.
 *
 * @public
 */
export const NOT_ADVERSE = 'The decision was not adverse.';

/**
 * A reason of a decision.
 *
 * @public
 */
export interface PrincipalReason {
  rank: number;
  code: string;
  /** Feature or group; null for a rule. */
  feature: string | null;
  direction: 'high' | 'low' | null;
  /** In the unit of the output, against the baseline; null for a rule. */
  contribution: number | null;
  text: string;
  proxy: boolean;
  source: string | null;
}

/**
 * The principal reasons of one decision: the largest adverse contributions against the baseline, at most `top`, never
 * more than were adverse. Equal ones stand in the order of the dictionary. Where one of them may not be given, none is.
 *
 * @param options - `directions` tells how each feature moves the output; `outcome` is `approved`, a rule of the
 * dictionary, or anything else for a decision by the score.
 *
 * @public
 */
export function principalReasons(options: {
  dictionary: ReasonCodes;
  contributions: Readonly<Record<string, number>>;
  baseline: Readonly<Record<string, number>>;
  directions: ReadonlyMap<string, ExplainedImportance['direction']>;
  top: number;
  language: string;
  outcome?: string;
}): {
  withheld: string | null;
  reasons: PrincipalReason[];
  /** The prohibited factor among the reasons, if there is one. */
  prohibited: string | null;
} {
  const { dictionary, language, outcome } = options;
  const rule = dictionary.policyRules?.find(one => one.rule === outcome);
  if (rule) {
    const text = wordingOf(rule, language);
    return text === undefined
      ? withheld(noWording(rule.code, language))
      : {
          withheld: null,
          prohibited: null,
          reasons: [
            {
              rank: 1,
              code: rule.code,
              feature: null,
              direction: null,
              contribution: null,
              text,
              proxy: false,
              source: rule.source ?? null,
            },
          ],
        };
  }
  if (outcome === 'approved') {
    return withheld(NOT_ADVERSE);
  }
  const ranked = adverseContributions(options);
  const adverse = ranked.slice(0, options.top);
  if (adverse.length === 0) {
    return withheld(
      'No contribution was adverse against the baseline; the score gives no reason for an adverse decision.',
    );
  }
  // Before anything else: neither what has no code nor the order of equal ones may hide it.
  const [last] = adverse.slice(-1);
  const forbidden = prohibitedNames(dictionary);
  const prohibited = ranked.find(
    ({ feature, tie }, place) =>
      (place < options.top || tie === last.tie) && forbidden.has(feature),
  )?.feature;
  if (prohibited !== undefined) {
    return {
      ...withheld(
        `A prohibited factor, "${prohibited}", is among the principal reasons. No reasons are given; the decision must not stand on this score.`,
      ),
      prohibited,
    };
  }
  const reasons: PrincipalReason[] = [];
  for (const { feature, contribution } of adverse) {
    const direction = valueDirection(
      options.directions.get(feature) ?? null,
      contribution,
    );
    const entries = dictionary.codes.filter(one => one.feature === feature);
    const entry =
      entries.find(one => one.direction && one.direction === direction) ??
      entries.find(one => !one.direction);
    if (!entry) {
      return withheld(
        `"${feature}"${
          direction ? ` (${direction})` : ''
        } is among the principal reasons, and the dictionary has no code for it. No reason is left out or exchanged for another.`,
      );
    }
    const text = wordingOf(entry, language);
    if (text === undefined) {
      return withheld(noWording(entry.code, language));
    }
    // One code for several features is one reason.
    if (!reasons.some(({ code }) => code === entry.code)) {
      reasons.push({
        rank: reasons.length + 1,
        code: entry.code,
        feature,
        direction,
        contribution,
        text,
        proxy: entry.proxy ?? false,
        source: entry.source ?? null,
      });
    }
  }
  return { withheld: null, reasons, prohibited: null };
}

/**
 * The adverse contributions against the baseline, the largest first, with the parts of a group summed. Those with the
 * same `tie` are equal, and stand in the order of the dictionary.
 *
 * @public
 */
export function adverseContributions(options: {
  dictionary: ReasonCodes;
  contributions: Readonly<Record<string, number>>;
  baseline: Readonly<Record<string, number>>;
}): Array<{ feature: string; contribution: number; tie: number }> {
  const { dictionary, contributions, baseline } = options;
  const sign = dictionary.adverse === 'increase' ? 1 : -1;
  const order = new Map<string, number>();
  for (const { feature } of dictionary.codes) {
    order.set(feature, order.get(feature) ?? order.size);
  }
  const placeOf = (feature: string) => order.get(feature) ?? order.size;
  const base = new Map(
    Object.entries(groupContributions(dictionary, baseline)),
  );
  const sorted = Object.entries(groupContributions(dictionary, contributions))
    .map(([feature, value]) => ({
      feature,
      contribution: value - (base.get(feature) ?? 0),
    }))
    .filter(({ contribution }) => sign * contribution > EQUAL)
    .sort((a, b) => sign * (b.contribution - a.contribution));
  // Runs of neighbours: "equal" by a tolerance is no order that a sort could go by.
  let tie = 0;
  return sorted
    .map((one, place) => {
      const before = sorted[place - 1]?.contribution ?? one.contribution;
      tie += Math.abs(before - one.contribution) > EQUAL ? 1 : 0;
      return { ...one, tie };
    })
    .sort(
      (a, b) =>
        a.tie - b.tie ||
        placeOf(a.feature) - placeOf(b.feature) ||
        (a.feature < b.feature ? -1 : 1),
    );
}

/**
 * Contributions with those of a group's features summed. What is prohibited counts by itself, or as part of a group
 * that is prohibited: in another one it would be hidden behind the wording of that.
 *
 * @public
 */
export function groupContributions(
  dictionary: ReasonCodes,
  contributions: Readonly<Record<string, number>>,
): Record<string, number> {
  const forbidden = prohibitedNames(dictionary);
  const groupOf = new Map<string, string>();
  for (const [group, features] of Object.entries(dictionary.groups ?? {})) {
    for (const feature of features) {
      const known = groupOf.get(feature);
      if (
        forbidden.has(group) ||
        (!forbidden.has(feature) && !(known && forbidden.has(known)))
      ) {
        groupOf.set(feature, group);
      }
    }
  }
  const sums = new Map<string, number>();
  for (const [feature, value] of Object.entries(contributions)) {
    const name = groupOf.get(feature) ?? feature;
    sums.set(name, (sums.get(name) ?? 0) + value);
  }
  return Object.fromEntries(sums);
}

/**
 * A dictionary that knows the parents of an explanation's features too, such as of one-hot columns: a feature counts as
 * part of its parent where that is prohibited, or has a code and the feature has neither code nor group.
 *
 * @public
 */
export function withParents(
  dictionary: ReasonCodes,
  features: ReadonlyArray<{ name: string; group: string | null }>,
): ReasonCodes {
  const forbidden = prohibitedNames(dictionary);
  const coded = new Set(dictionary.codes.map(({ feature }) => feature));
  const groups = new Map(Object.entries(dictionary.groups ?? {}));
  const grouped = new Set([...groups.values()].flat());
  for (const { name, group } of features) {
    if (
      group !== null &&
      (forbidden.has(group) ||
        (coded.has(group) && !coded.has(name) && !grouped.has(name)))
    ) {
      const members = groups.get(group) ?? [];
      groups.set(group, members.includes(name) ? members : [...members, name]);
    }
  }
  return { ...dictionary, groups: Object.fromEntries(groups) };
}

function prohibitedNames({ codes }: ReasonCodes): Set<string> {
  return new Set(codes.flatMap(one => (one.prohibited ? [one.feature] : [])));
}

function wordingOf(
  { consumer }: Pick<ReasonCodes['codes'][number], 'consumer'>,
  language: string,
): string | undefined {
  return Object.hasOwn(consumer, language) ? consumer[language] : undefined;
}

/** Whether such a contribution comes from a high or a low value. */
function valueDirection(
  direction: ExplainedImportance['direction'],
  contribution: number,
): 'high' | 'low' | null {
  if (direction !== 'increasing' && direction !== 'decreasing') {
    return null;
  }
  return contribution > 0 === (direction === 'increasing') ? 'high' : 'low';
}

function withheld(why: string) {
  return { withheld: why, reasons: [], prohibited: null };
}

function noWording(code: string, language: string): string {
  return `The dictionary has no wording of the code ${code} in the language "${language}".`;
}
