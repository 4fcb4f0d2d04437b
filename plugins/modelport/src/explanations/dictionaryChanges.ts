import { ReasonCodes } from '@modelport/plugin-modelport-common';

/** One difference between two dictionaries. */
export interface DictionaryChange {
  where: string;
  before: string | null;
  after: string | null;
}

/** What differs between two dictionaries, entry by entry; the order of codes counts too, since ties follow it. */
export function dictionaryChanges(
  before: Partial<ReasonCodes>,
  after: Partial<ReasonCodes>,
): DictionaryChange[] {
  const [first, second] = [flat(before), flat(after)];
  return [...new Set([...first.keys(), ...second.keys()])].flatMap(where => {
    const [from, to] = [first.get(where) ?? null, second.get(where) ?? null];
    return from === to ? [] : [{ where, before: from, after: to }];
  });
}

function flat(dictionary: Partial<ReasonCodes>): Map<string, string> {
  const { codes = [], policyRules, ...settings } = dictionary;
  const parts = new Map<string, string>();
  for (const [key, value] of Object.entries(settings)) {
    if (value !== null && value !== undefined) {
      parts.set(key, textOf(value));
    }
  }
  parts.set('order', codes.map(({ code }) => code).join(', '));
  for (const entry of codes) {
    const { feature, direction, ...rest } = entry;
    add(parts, direction ? `${feature} (${direction})` : feature, rest);
  }
  for (const { rule, ...rest } of policyRules ?? []) {
    add(parts, rule, rest);
  }
  return parts;
}

function add(parts: Map<string, string>, name: string, entry: object): void {
  for (const [key, value] of Object.entries(entry)) {
    const inner =
      typeof value === 'object' && value !== null
        ? Object.entries(value)
        : [[null, value] as const];
    for (const [language, text] of inner) {
      if (text !== null && text !== undefined) {
        parts.set(
          [name, key, language].filter(Boolean).join(': '),
          textOf(text),
        );
      }
    }
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
