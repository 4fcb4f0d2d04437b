import { ReactNode } from 'react';

/** One bar from `from` to `to`, with the ends of an interval around `to` where there is one. */
export interface Bar {
  key: string;
  label: ReactNode;
  from: number;
  to: number;
  lower?: number | null;
  upper?: number | null;
  note: ReactNode;
  colour: string;
  /** Names the bar for who can't see it. */
  title: string;
}

/** In pixels, since the letters of bars and axis differ in size and both go by it. */
const NOTE_WIDTH = '78px';

/** Horizontal bars over one axis, each with its label and what it says; the axis may be labelled in another unit. */
export function Bars(props: {
  bars: ReadonlyArray<Bar>;
  /** Share of the axis, from 0 to 1. */
  at: (value: number) => number;
  ticks: ReadonlyArray<{ value: number; label: string }>;
  axisLabel: string;
  textColour: string;
  lineColour: string;
  labelWidth: string;
}) {
  const { bars, at, ticks, axisLabel, textColour, lineColour, labelWidth } =
    props;
  const percent = (share: number) =>
    `${Math.min(100, Math.max(0, share * 100))}%`;
  return (
    <div style={{ minWidth: 0 }}>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {bars.map(bar => {
          const low = Math.min(bar.from, bar.to);
          const high = Math.max(bar.from, bar.to);
          return (
            <li
              key={bar.key}
              title={bar.title}
              style={{
                display: 'grid',
                gridTemplateColumns: `${labelWidth} 1fr ${NOTE_WIDTH}`,
                gap: 8,
                alignItems: 'center',
                minHeight: 26,
              }}
            >
              <span
                style={{
                  overflow: 'hidden',
                  overflowWrap: 'anywhere',
                  lineHeight: 1.2,
                }}
              >
                {bar.label}
              </span>
              <span aria-hidden style={{ position: 'relative', height: 16 }}>
                {ticks.map(({ value }) => (
                  <span
                    key={value}
                    style={{
                      position: 'absolute',
                      left: percent(at(value)),
                      top: -5,
                      bottom: -5,
                      borderLeft: `1px solid ${lineColour}`,
                    }}
                  />
                ))}
                <span
                  style={{
                    position: 'absolute',
                    left: percent(at(low)),
                    width: `max(2px, ${percent(at(high) - at(low))})`,
                    top: 0,
                    bottom: 0,
                    background: bar.colour,
                    borderRadius: 2,
                  }}
                />
                {typeof bar.lower === 'number' &&
                  typeof bar.upper === 'number' && (
                    <span
                      style={{
                        position: 'absolute',
                        left: percent(at(bar.lower)),
                        width: percent(at(bar.upper) - at(bar.lower)),
                        top: 7,
                        borderTop: `2px solid ${textColour}`,
                      }}
                    />
                  )}
              </span>
              <span
                style={{
                  fontVariantNumeric: 'tabular-nums',
                  whiteSpace: 'nowrap',
                }}
              >
                {bar.note}
              </span>
            </li>
          );
        })}
      </ul>
      <div
        aria-hidden
        style={{
          display: 'grid',
          gridTemplateColumns: `${labelWidth} 1fr ${NOTE_WIDTH}`,
          gap: 8,
          color: textColour,
          fontSize: 12,
        }}
      >
        <span />
        <span style={{ position: 'relative', height: 20 }}>
          {ticks.map(({ value, label }) => (
            <span
              key={value}
              style={{
                position: 'absolute',
                left: percent(at(value)),
                top: 4,
                transform: 'translateX(-50%)',
                whiteSpace: 'nowrap',
              }}
            >
              {label}
            </span>
          ))}
        </span>
        <span />
        <span style={{ gridColumn: '1 / -1', textAlign: 'center' }}>
          {axisLabel}
        </span>
      </div>
    </div>
  );
}
