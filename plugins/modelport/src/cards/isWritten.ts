import { Card, isPlaceholder } from '@modelport/plugin-modelport-common';

/** Whether anybody wrote anything on a card that is more than a placeholder. */
export function isWritten(card: Card): boolean {
  return Object.values(card.fields).some(
    ({ value, provenance }) =>
      provenance.from === 'written' && !isPlaceholder(value),
  );
}
