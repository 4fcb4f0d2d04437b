import { CardContradiction } from '@modelport/plugin-modelport-common';

/** What a card states and the evidence does not bear out, in sentences for those who read an export of it. */
export function contradictionTexts(
  contradictions: readonly CardContradiction[],
): string[] {
  return contradictions.map(contradiction => {
    const { path, written, derived, dataset, slice, measured } = contradiction;
    const decimals = contradiction.decimals ?? 0;
    const on = [
      dataset ? ` on ${dataset}` : '',
      slice ? `, slice ${slice}` : '',
    ].join('');
    const stated =
      typeof written === 'number' && decimals > 0
        ? written.toFixed(decimals)
        : String(written);
    const by = contradiction.evidence
      ? `evidence ${contradiction.evidence}`
      : 'the registry';
    const as = measured
      ? ` (${measured.key}${measured.dataset ? ` on ${measured.dataset}` : ''})`
      : '';
    return `Contradiction: the card states ${stated} for ${path.replace(
      /^metrics\./,
      '',
    )}${on}, and ${by} says that ${derived} was measured${as}.`;
  });
}
