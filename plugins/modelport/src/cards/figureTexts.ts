import { CardContradiction } from '@modelport/plugin-modelport-common';
import { formatFigure } from '../components/formatFigure';
import { plainText } from './plainText';

const MOST_DIGITS = 17;

/**
 * The two figures of a contradiction for people: what was written with the decimals that it was written with, where that
 * is known, and both with no more digits than tell them apart, four at least.
 */
export function figureTexts(
  of: Pick<CardContradiction, 'written' | 'derived' | 'decimals'>,
): { written: string; derived: string } {
  const { decimals } = of;
  let texts = [of.written, of.derived].map(first);
  for (let digits = 5; texts[0] === texts[1]; digits += 1) {
    if (digits > MOST_DIGITS) {
      break;
    }
    texts = [of.written, of.derived].map(figure =>
      typeof figure === 'number'
        ? String(Number(figure.toPrecision(digits)))
        : plainText(figure),
    );
  }
  const [written, derived] = texts;
  return {
    written:
      typeof of.written === 'number' && decimals && decimals <= MOST_DIGITS
        ? of.written.toFixed(decimals)
        : written,
    derived,
  };
}

function first(figure: unknown): string {
  return typeof figure === 'number' ? formatFigure(figure) : plainText(figure);
}
