import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PerformanceSeries } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import sortBy from 'lodash/sortBy';
import { useState } from 'react';
import { Nothing, Section } from '../components/Section';
import { monitoringTranslationRef } from './messages';
import { PerformanceFigure } from './PerformanceFigure';

const ALL_ROWS = '';

/** Whether a tool gives a metric limits, by which it calls a breach. */
function isJudged(series: PerformanceSeries[]): boolean {
  return series.some(({ points }) =>
    points.some(
      ({ lowerThreshold, upperThreshold }) =>
        lowerThreshold !== null || upperThreshold !== null,
    ),
  );
}

/** Realised and estimated performance of all rows or a segment, each metric of each tool in a chart of its own: first what is judged by limits. */
export function PerformanceSection(props: {
  performance: PerformanceSeries[];
}) {
  const { performance } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const slices = [
    ...new Set(performance.map(({ slice }) => slice ?? ALL_ROWS)),
  ].sort();
  const [chosen, setChosen] = useState<string>();
  const slice = slices.find(one => one === chosen) ?? slices[0];
  const groups = new Map<string, PerformanceSeries[]>();
  for (const series of performance) {
    if ((series.slice ?? ALL_ROWS) === slice) {
      const key = JSON.stringify([series.tool, series.metric]);
      groups.set(key, [...(groups.get(key) ?? []), series]);
    }
  }
  return (
    <Section
      title={t('performance.title')}
      actions={
        slices.length > 1 && (
          <TextField
            select
            size="small"
            label={t('performance.segment')}
            value={slice}
            SelectProps={{ displayEmpty: true }}
            InputLabelProps={{ shrink: true }}
            onChange={event => setChosen(event.target.value)}
          >
            {slices.map(one => (
              <MenuItem key={one} value={one}>
                {one === ALL_ROWS ? t('performance.allRows') : one}
              </MenuItem>
            ))}
          </TextField>
        )
      }
    >
      {groups.size === 0 ? (
        <Nothing>{t('performance.none')}</Nothing>
      ) : (
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 3 }}>
          {sortBy([...groups], [([, series]) => !isJudged(series)]).map(
            ([key, series]) => (
              <PerformanceFigure key={key} series={series} />
            ),
          )}
        </Box>
      )}
    </Section>
  );
}
