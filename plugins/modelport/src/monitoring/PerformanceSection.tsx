import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PerformanceSeries } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { Nothing, Section } from '../components/Section';
import { monitoringTranslationRef } from './messages';
import { PerformanceFigure } from './PerformanceFigure';

/** Realised and estimated performance, each metric of each tool in a chart of its own. */
export function PerformanceSection(props: {
  performance: PerformanceSeries[];
}) {
  const { t } = useTranslationRef(monitoringTranslationRef);
  const groups = new Map<string, PerformanceSeries[]>();
  for (const series of props.performance) {
    const key = JSON.stringify([series.tool, series.metric, series.slice]);
    groups.set(key, [...(groups.get(key) ?? []), series]);
  }
  return (
    <Section title={t('performance.title')}>
      {groups.size === 0 ? (
        <Nothing>{t('performance.none')}</Nothing>
      ) : (
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 3 }}>
          {[...groups].map(([key, series]) => (
            <PerformanceFigure key={key} series={series} />
          ))}
        </Box>
      )}
    </Section>
  );
}
