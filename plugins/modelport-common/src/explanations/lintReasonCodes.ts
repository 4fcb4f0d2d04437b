import { ReasonCodes } from './reasonCodesBody';

/**
 * Something that a reviewer of a dictionary should know.
 *
 * @public
 */
export interface ReasonCodeFinding {
  level: 'error' | 'warning';
  where: string;
  message: string;
}

/** Wordings that name no reason; Regulation B, 12 CFR 1002.9(b)(2), calls the first ones insufficient. */
const VAGUE = [
  /internal (standard|polic|criteri)/i,
  /(qualifying|minimum|credit) scor/i,
  /scor(e|ing) (is |was )?(too )?(low|insufficient)/i,
  /\bother\b/i,
  /\b(various|several|general|misc\w*)\b/i,
  /insufficient (information|data)\.?$/i,
  /^(risk|model|system|algorithm)\b/i,
  /\b(does|did) not meet\b/i,
];

/**
 * Looks through a dictionary: features without a code, codes that nothing uses, vague words, missing languages,
 * codes that stand for several wordings.
 *
 * @param features - those of the model; null where they aren't known.
 *
 * @public
 */
export function lintReasonCodes(
  dictionary: ReasonCodes,
  features: readonly string[] | null,
): ReasonCodeFinding[] {
  const found: ReasonCodeFinding[] = [];
  const say = (
    level: ReasonCodeFinding['level'],
    where: string,
    message: string,
  ) => found.push({ level, where, message });
  const groups = Object.entries(dictionary.groups ?? {});
  const coded = new Set(dictionary.codes.map(({ feature }) => feature));
  const languages = new Set(
    dictionary.codes.flatMap(({ consumer }) => Object.keys(consumer)),
  );
  if (features) {
    const inGroup = new Set(groups.flatMap(([, members]) => members));
    for (const feature of features) {
      if (!inGroup.has(feature) && !coded.has(feature)) {
        say('error', feature, 'The model uses it, and it has no code.');
      }
    }
    for (const [group, members] of groups) {
      if (!coded.has(group)) {
        say('error', group, 'The group has no code.');
      }
      for (const member of members) {
        if (!features.includes(member)) {
          say('warning', `groups.${group}`, `The model has no "${member}".`);
        }
      }
    }
    for (const feature of coded) {
      const isGroup = groups.some(([group]) => group === feature);
      if (!isGroup && !features.includes(feature)) {
        say('warning', feature, 'The model has no such feature: never used.');
      } else if (inGroup.has(feature) && !isGroup) {
        say('warning', feature, 'It counts as part of a group: never used.');
      }
    }
  }
  const wordings = new Map<string, string>();
  for (const [place, entry] of dictionary.codes.entries()) {
    const where = `codes.${place} (${entry.code})`;
    for (const language of languages) {
      if (entry.consumer[language] === undefined) {
        say('error', where, `There is no wording in "${language}".`);
      }
    }
    for (const [language, text] of Object.entries(entry.consumer)) {
      if (VAGUE.some(pattern => pattern.test(text))) {
        say(
          'warning',
          where,
          `The wording in "${language}" is vague: it names no reason.`,
        );
      }
    }
    const wording = JSON.stringify(entry.consumer);
    if (wordings.has(entry.code) && wordings.get(entry.code) !== wording) {
      say('error', where, 'The code stands for another wording above.');
    }
    wordings.set(entry.code, wording);
    if (entry.prohibited) {
      say(
        features?.includes(entry.feature) ? 'error' : 'warning',
        where,
        `"${entry.feature}" is prohibited; no reasons are given where it is among the principal ones.`,
      );
    }
    if (entry.proxy) {
      say('warning', where, `"${entry.feature}" may be a proxy.`);
    }
    if (!entry.source) {
      say('warning', where, 'It names no source.');
    }
  }
  const needsCutoff = ['near the cutoff', 'mean of the approved'];
  if (
    needsCutoff.includes(dictionary.baseline) &&
    (dictionary.cutoff === null || dictionary.cutoff === undefined)
  ) {
    say('error', 'cutoff', `The baseline "${dictionary.baseline}" needs one.`);
  }
  if (dictionary.baseline === 'near the cutoff' && !dictionary.band) {
    say('error', 'band', 'The baseline "near the cutoff" needs one.');
  }
  if (!dictionary.why?.trim()) {
    say('warning', 'why', 'It does not say why this baseline was chosen.');
  }
  return found;
}
