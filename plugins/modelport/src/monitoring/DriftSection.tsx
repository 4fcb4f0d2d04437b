import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { DriftHeatMap, Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { Section } from '../components/Section';
import { modelportTranslationRef } from '../translation';
import { chooseRows } from './chooseRows';
import { DriftHeatMapFigure } from './DriftHeatMapFigure';
import { timeQuery } from './timeQuery';
import { useMonitoringView } from './useMonitoringView';

/** Features by windows, of one tool at a time: two tools' figures are never of one kind. */
export function DriftSection(props: { model: Model; version: string }) {
  const { model, version } = props;
  const { t } = useTranslationRef(modelportTranslationRef);
  const api = useApi(modelportApiRef);
  const view = useMonitoringView();
  const id = { source: model.source, name: model.name };
  const time = timeQuery(view);
  const { value, error, retry } = useLoad(
    JSON.stringify([id, version, time]),
    () => api.getDriftHeatMap(id, version, time),
    { keepPrevious: true },
  );
  return (
    <Section
      title={t('monitoring.heatMap.title')}
      actions={value && <Choices map={value} />}
    >
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && <Skeleton variant="rectangular" height={260} />}
      {value && (
        <>
          <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
            {value.importance === null
              ? t('monitoring.heatMap.textWithout')
              : t('monitoring.heatMap.text')}
          </Typography>
          <DriftHeatMapFigure
            map={value}
            rows={chooseRows(value.rows, view)}
            onOpen={feature => view.change({ feature })}
          />
        </>
      )}
    </Section>
  );
}

function Choices(props: { map: DriftHeatMap }) {
  const { rows } = props.map;
  const { t } = useTranslationRef(modelportTranslationRef);
  const view = useMonitoringView();
  const tools = [...new Set(rows.map(row => row.tool))].sort();
  const tool = view.tool ?? tools[0];
  const statistics = [
    ...new Set(rows.filter(row => row.tool === tool).map(row => row.statistic)),
  ].sort();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, pt: 0.5 }}>
      {tools.length > 1 && (
        <TextField
          select
          size="small"
          label={t('monitoring.tool')}
          value={tool}
          onChange={event =>
            view.change({ tool: event.target.value, statistic: null })
          }
          SelectProps={{ native: true }}
        >
          {tools.map(name => (
            <option key={name}>{name}</option>
          ))}
        </TextField>
      )}
      {statistics.length > 1 && (
        <TextField
          select
          size="small"
          label={t('monitoring.statistic')}
          value={view.statistic ?? ''}
          onChange={event => view.change({ statistic: event.target.value })}
          SelectProps={{ native: true }}
          InputLabelProps={{ shrink: true }}
        >
          <option value="">{t('monitoring.asChosen')}</option>
          {statistics.map(name => (
            <option key={name}>{name}</option>
          ))}
        </TextField>
      )}
    </Box>
  );
}
