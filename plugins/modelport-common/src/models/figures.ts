import { Figure } from '../schema/openapi';

/**
 * Writes a number as the API carries it: NaN and the infinities as strings.
 *
 * @public
 */
export function toFigure(value: number): Figure {
  if (Number.isFinite(value)) {
    return value;
  }
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  return value > 0 ? 'Infinity' : '-Infinity';
}

/**
 * Reads a figure back into a number, NaN and the infinities included.
 *
 * @public
 */
export function fromFigure(figure: Figure): number {
  return Number(figure);
}
