import { Figure } from '../schema/openapi';
import { toFigure } from '../models/figures';

const NUMBER = /^([+-]?)(\d+(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d{1,3}))?\s*(%?)$/i;

/**
 * A number as people and tools write it, with the decimals that were written, so that a rounding can be told from a
 * contradiction; percentages become shares. Undefined for what is no number.
 */
export function parseFigure(
  value: unknown,
): { value: Figure; decimals: number | null } | undefined {
  if (typeof value === 'number') {
    return { value: toFigure(value), decimals: null };
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  const text = value.trim();
  if (/^\.?nan$/i.test(text)) {
    return { value: 'NaN', decimals: null };
  }
  const infinite = /^([+-]?)\.?inf(inity)?$/i.exec(text);
  if (infinite) {
    return {
      value: infinite[1] === '-' ? '-Infinity' : 'Infinity',
      decimals: null,
    };
  }
  const match = text.length <= 400 ? NUMBER.exec(text) : null;
  if (!match) {
    return undefined;
  }
  const [, , , fraction = '', bareFraction = '', exponent = '0', percent] =
    match;
  const shift = percent ? 2 : 0;
  const number = Number(text.replace(/\s*%$/, ''));
  const written = (fraction + bareFraction).length - Number(exponent) + shift;
  return {
    // Written anew, so that 91.3 % is 0.913 and not 0.9129999999999999.
    value: toFigure(shift ? Number((number / 100).toPrecision(15)) : number),
    decimals: Math.min(Math.max(written, 0), 30),
  };
}
