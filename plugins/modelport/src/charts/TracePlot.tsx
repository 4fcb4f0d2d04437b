import { useTheme } from '@mui/material/styles';
import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

/** Told apart without colour too. */
const DASHES = [undefined, '6 4', '2 4', '10 4', '8 3 2 3', '4 2'];

/** Draws several lines over steps that have names, by recharts; loaded only where a chart is shown. */
export default function TracePlot(props: {
  steps: ReadonlyArray<string>;
  lines: ReadonlyArray<{ name: string; values: ReadonlyArray<number | null> }>;
  xLabel: string;
  yLabel: string;
  format: (value: number) => string;
}) {
  const { steps, lines, xLabel, yLabel, format } = props;
  const { palette, typography } = useTheme();
  const tick = { fill: palette.text.secondary, fontSize: 12 };
  const colours = [
    palette.primary.main,
    palette.secondary.main,
    palette.success.main,
    palette.warning.main,
    palette.error.main,
    palette.text.secondary,
  ];
  const data = steps.map((step, place) => ({
    step,
    values: lines.map(({ values }) => values[place] ?? null),
  }));
  return (
    <ResponsiveContainer width="100%" height={300}>
      <LineChart
        data={data}
        margin={{ top: 8, right: 16, bottom: 8, left: 8 }}
        accessibilityLayer
      >
        <CartesianGrid stroke={palette.divider} vertical={false} />
        <XAxis
          dataKey="step"
          tick={tick}
          stroke={palette.divider}
          padding={{ left: 16, right: 16 }}
        />
        <YAxis
          domain={[0, 'auto']}
          tick={tick}
          stroke={palette.divider}
          tickFormatter={format}
          width={72}
          label={{
            value: yLabel,
            angle: -90,
            position: 'insideLeft',
            fill: palette.text.secondary,
            fontSize: 12,
            style: { textAnchor: 'middle' },
          }}
        />
        <Tooltip
          formatter={value => format(Number(value))}
          labelFormatter={step => `${xLabel} ${step}`}
          contentStyle={{
            background: palette.background.paper,
            borderColor: palette.divider,
            color: palette.text.primary,
            fontFamily: typography.fontFamily,
          }}
        />
        <Legend wrapperStyle={{ fontSize: 12 }} />
        {lines.map((line, place) => (
          <Line
            key={line.name}
            name={line.name}
            dataKey={row => row.values[place]}
            type="linear"
            stroke={colours[place % colours.length]}
            strokeDasharray={DASHES[place % DASHES.length]}
            strokeWidth={2}
            dot={{ r: 3, strokeDasharray: '0' }}
            isAnimationActive={false}
            connectNulls={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
