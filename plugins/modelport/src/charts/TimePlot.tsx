import { useTheme } from '@mui/material/styles';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { TimeLine } from './types';

const DASHES = { solid: undefined, dashed: '6 4', dotted: '2 4' };

/** Draws lines over time by recharts, each with its band where it has one; loaded only where a chart is shown. */
export default function TimePlot(props: {
  lines: ReadonlyArray<TimeLine>;
  format: (value: number) => string;
  formatTime: (time: number) => string;
}) {
  const { lines, format, formatTime } = props;
  const { palette, typography } = useTheme();
  const colours = {
    primary: palette.primary.main,
    secondary: palette.secondary.main,
    limit: palette.error.main,
    quiet: palette.text.disabled,
  };
  const tick = { fill: palette.text.secondary, fontSize: 12 };
  const rows = new Map<number, Record<string, unknown>>();
  lines.forEach((line, index) =>
    line.points.forEach(({ time, value, lower, upper, marked, open }) => {
      const row = rows.get(time) ?? { time };
      row[`v${index}`] =
        value !== null && Number.isFinite(value) ? value : null;
      row[`m${index}`] = marked;
      row[`o${index}`] = open === true;
      if (lower !== null && upper !== null) {
        row[`b${index}`] = [lower, upper];
      }
      rows.set(time, row);
    }),
  );
  const data = [...rows.values()].sort(
    (a, b) => Number(a.time) - Number(b.time),
  );
  return (
    <ResponsiveContainer width="100%" height={280}>
      <ComposedChart
        data={data}
        margin={{ top: 8, right: 16, bottom: 8, left: 8 }}
        accessibilityLayer
      >
        <CartesianGrid stroke={palette.divider} vertical={false} />
        <XAxis
          dataKey="time"
          type="number"
          scale="time"
          domain={['dataMin', 'dataMax']}
          tick={tick}
          stroke={palette.divider}
          tickFormatter={formatTime}
        />
        <YAxis
          {...scaleOf(lines)}
          tick={tick}
          stroke={palette.divider}
          tickFormatter={format}
          width={72}
        />
        <Tooltip
          formatter={value =>
            Array.isArray(value)
              ? value.map(end => format(Number(end))).join(' – ')
              : format(Number(value))
          }
          labelFormatter={time => formatTime(Number(time))}
          contentStyle={{
            background: palette.background.paper,
            borderColor: palette.divider,
            color: palette.text.primary,
            fontFamily: typography.fontFamily,
          }}
        />
        <Legend wrapperStyle={{ fontSize: 12 }} />
        {lines.map(
          (line, index) =>
            line.bandLabel && (
              <Area
                key={`b${index}`}
                dataKey={`b${index}`}
                name={line.bandLabel}
                fill={colours[line.colour]}
                fillOpacity={0.15}
                stroke="none"
                isAnimationActive={false}
                connectNulls={false}
              />
            ),
        )}
        {lines.map((line, index) => (
          <Line
            key={`v${index}`}
            dataKey={`v${index}`}
            name={line.label}
            legendType="plainline"
            type="linear"
            stroke={colours[line.colour]}
            strokeDasharray={DASHES[line.dash]}
            strokeWidth={line.dash === 'solid' ? 2 : 1.5}
            dot={dot => {
              const { cx = Number.NaN, cy = Number.NaN, payload } = dot;
              const key = `${index} ${payload.time}`;
              if (!Number.isFinite(cy)) {
                return <g key={key} />;
              }
              if (payload[`o${index}`] === true) {
                return (
                  <circle
                    key={key}
                    data-open
                    cx={cx}
                    cy={cy}
                    r={4}
                    fill={palette.background.paper}
                    stroke={colours[line.colour]}
                    strokeWidth={1.5}
                  />
                );
              }
              return payload[`m${index}`] === true ? (
                <rect
                  key={key}
                  x={cx - 4}
                  y={cy - 4}
                  width={8}
                  height={8}
                  fill={palette.error.main}
                />
              ) : (
                <circle
                  key={key}
                  cx={cx}
                  cy={cy}
                  r={line.dash === 'solid' ? 2.5 : 0}
                  fill={colours[line.colour]}
                />
              );
            }}
            isAnimationActive={false}
            connectNulls={false}
          />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** The scale of the values; one value alone stands in the middle of an axis around it, and 0 on the ground of one to 1. */
function scaleOf(lines: ReadonlyArray<TimeLine>) {
  const values = lines.flatMap(line =>
    line.points.flatMap(({ value, lower, upper }) =>
      [value, lower, upper].flatMap(one =>
        one !== null && Number.isFinite(one) ? one : [],
      ),
    ),
  );
  const [only] = values;
  if (only === undefined || values.some(value => value !== only)) {
    return { domain: ['auto', 'auto'] as ['auto', 'auto'] };
  }
  const around = Math.abs(only) / 10;
  const [from, to] = only === 0 ? [0, 1] : [only - around, only + around];
  return {
    domain: [from, to] as [number, number],
    ticks: only === 0 ? [0, 0.5, 1] : [from, only, to],
  };
}
