import { formatFigure } from './formatFigure';

/**
 * What the summary of a line says of its values, in their order: the first may be all but the lowest.
 *
 * @param values - At least one, all finite.
 */
export function figuresOf(
  values: number[],
  format: (value: number) => string = formatFigure,
): Record<'first' | 'last' | 'lowest' | 'highest', string> {
  return {
    first: format(values[0]),
    last: format(values[values.length - 1]),
    lowest: format(values.reduce((a, b) => Math.min(a, b))),
    highest: format(values.reduce((a, b) => Math.max(a, b))),
  };
}
