import { Figure } from '@modelport/plugin-modelport-common';
import { formatFigure } from './formatFigure';

/** A figure to four digits, in full on hover. */
export function FigureText(props: { figure: Figure; strong?: boolean }) {
  return (
    <span
      title={String(props.figure)}
      style={{
        fontVariantNumeric: 'tabular-nums',
        whiteSpace: 'nowrap',
        fontWeight: props.strong ? 'bold' : undefined,
      }}
    >
      {formatFigure(props.figure)}
    </span>
  );
}
