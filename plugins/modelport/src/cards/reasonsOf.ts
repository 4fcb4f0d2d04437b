import { Card } from '@modelport/plugin-modelport-common';

/** Why fields of a card do not apply, by their paths. */
export function reasonsOf(card: Card): Map<string, string> {
  const value: unknown = card.fields.notApplicable?.value;
  return new Map(
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([path, why]) => [path, String(why)])
      : [],
  );
}
