import { useTheme } from '@mui/material/styles';
import {
  CartesianGrid,
  ErrorBar,
  Legend,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

/** A curve of predicted against observed. */
export interface ReliabilityLine {
  label: string;
  points: ReadonlyArray<{
    predicted: number;
    observed: number;
    /** How far the interval reaches below and above what was observed. */
    reach: [number, number] | undefined;
  }>;
}

/** Colour is not the only sign: each curve has marks and dashes of its own. */
const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross'] as const;
const DASHES = ['', '6 4', '2 3', '8 3 2 3', '1 5'];

/** Draws reliability curves over each other by recharts; loaded only where they are shown. */
export default function ReliabilityPlot(props: {
  lines: ReadonlyArray<ReliabilityLine>;
  xLabel: string;
  yLabel: string;
  /** What the diagonal is. */
  idealLabel: string;
  format: (value: number) => string;
}) {
  const { lines, xLabel, yLabel, idealLabel, format } = props;
  const { palette, typography } = useTheme();
  const colours = [
    palette.primary.main,
    palette.error.main,
    palette.success.main,
    palette.warning.main,
    palette.secondary.main,
  ];
  const tick = { fill: palette.text.secondary, fontSize: 12 };
  const label = { fill: palette.text.secondary, fontSize: 12 };
  return (
    <ResponsiveContainer width="100%" height={340}>
      <ScatterChart
        margin={{ top: 8, right: 16, bottom: 28, left: 8 }}
        accessibilityLayer
      >
        <CartesianGrid stroke={palette.divider} />
        <XAxis
          dataKey="predicted"
          name={xLabel}
          type="number"
          domain={[0, 1]}
          tickCount={6}
          tick={tick}
          stroke={palette.divider}
          label={{ ...label, value: xLabel, position: 'bottom', offset: 4 }}
        />
        <YAxis
          dataKey="observed"
          name={yLabel}
          type="number"
          domain={[0, 1]}
          tickCount={6}
          tick={tick}
          stroke={palette.divider}
          width={56}
          label={{
            ...label,
            value: yLabel,
            angle: -90,
            position: 'insideLeft',
            style: { textAnchor: 'middle' },
          }}
        />
        <Tooltip
          formatter={value => format(Number(value))}
          contentStyle={{
            background: palette.background.paper,
            borderColor: palette.divider,
            color: palette.text.primary,
            fontFamily: typography.fontFamily,
          }}
          itemStyle={{ color: palette.text.primary }}
        />
        <Legend verticalAlign="top" wrapperStyle={{ fontSize: 12 }} />
        <ReferenceLine
          segment={[
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ]}
          stroke={palette.text.secondary}
          strokeDasharray="4 4"
          label={{ ...label, value: idealLabel, position: 'insideTopLeft' }}
        />
        {lines.map((line, place) => {
          const colour = colours[place % colours.length];
          return (
            <Scatter
              key={line.label}
              name={line.label}
              data={[...line.points]}
              fill={colour}
              shape={SHAPES[place % SHAPES.length]}
              legendType={SHAPES[place % SHAPES.length]}
              line={{
                stroke: colour,
                strokeWidth: 1.5,
                strokeDasharray: DASHES[place % DASHES.length],
              }}
              isAnimationActive={false}
            >
              <ErrorBar
                dataKey="reach"
                direction="y"
                width={3}
                strokeWidth={1}
                stroke={colour}
                opacity={0.6}
                isAnimationActive={false}
              />
            </Scatter>
          );
        })}
      </ScatterChart>
    </ResponsiveContainer>
  );
}
