import { useTheme } from '@mui/material/styles';

/**
 * A small line without axes. What is not finite leaves a gap.
 *
 * @param props - `label` says in words what is drawn, with its values; `marked` is the index of the value with a dot.
 */
export function Sparkline(props: {
  values: number[];
  label: string;
  marked: number;
  width?: number;
  height?: number;
}) {
  const { values, label, marked, width = 88, height = 24 } = props;
  const { palette } = useTheme();
  const points = placePoints(values, width, height);
  const dot = points.find(({ index }) => index === marked);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      style={{ width, height, display: 'block', color: palette.primary.main }}
    >
      <title>{label}</title>
      <path
        d={drawPath(points)}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {dot && <circle cx={dot.x} cy={dot.y} r="2.5" fill="currentColor" />}
    </svg>
  );
}

interface Placed {
  index: number;
  x: number;
  y: number;
}

function placePoints(
  values: number[],
  width: number,
  height: number,
): Placed[] {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const range = Math.max(...finite) - low;
  const margin = 3;
  const step = (width - 2 * margin) / Math.max(values.length - 1, 1);
  return values.flatMap((value, index) =>
    Number.isFinite(value)
      ? [
          {
            index,
            x: margin + index * step,
            y:
              range === 0
                ? height / 2
                : height -
                  margin -
                  ((value - low) / range) * (height - 2 * margin),
          },
        ]
      : [],
  );
}

function drawPath(points: Placed[]): string {
  return points
    .map(({ index, x, y }, place) => {
      const isJoined = place > 0 && points[place - 1].index === index - 1;
      return `${isJoined ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join(' ');
}
