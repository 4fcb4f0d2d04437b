import { useTheme } from '@mui/material/styles';
import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartPoint } from './types';

/** Draws points as a line by recharts; loaded only where a chart is shown. */
export default function LinePlot(props: {
  points: ReadonlyArray<ChartPoint>;
  xLabel: string;
  yLabel: string;
  format: (value: number) => string;
}) {
  const { points, xLabel, yLabel, format } = props;
  const { palette, typography } = useTheme();
  const tick = { fill: palette.text.secondary, fontSize: 12 };
  const data = points.map(({ x, y }) => ({
    x,
    y: Number.isFinite(y) ? y : null,
  }));
  return (
    <ResponsiveContainer width="100%" height={280}>
      <LineChart
        data={data}
        margin={{ top: 8, right: 16, bottom: 24, left: 8 }}
        accessibilityLayer
      >
        <CartesianGrid stroke={palette.divider} vertical={false} />
        <XAxis
          dataKey="x"
          type="number"
          domain={['dataMin', 'dataMax']}
          tick={tick}
          stroke={palette.divider}
          label={{
            value: xLabel,
            position: 'insideBottom',
            offset: -16,
            fill: palette.text.secondary,
            fontSize: 12,
          }}
        />
        <YAxis
          domain={['auto', 'auto']}
          tick={tick}
          stroke={palette.divider}
          tickFormatter={format}
          width={72}
        />
        <Tooltip
          formatter={value => [format(Number(value)), yLabel]}
          labelFormatter={x => `${xLabel} ${x}`}
          contentStyle={{
            background: palette.background.paper,
            borderColor: palette.divider,
            color: palette.text.primary,
            fontFamily: typography.fontFamily,
          }}
        />
        <Line
          type="linear"
          dataKey="y"
          stroke={palette.primary.main}
          strokeWidth={2}
          dot={data.length <= 40 ? { r: 2.5 } : false}
          isAnimationActive={false}
          connectNulls={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
