import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { DriftHeatMap } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { Section } from '../components/Section';
import { monitoringTranslationRef } from './messages';
import { chooseRows } from './chooseRows';
import { DriftHeatMapFigure } from './DriftHeatMapFigure';
import { useMonitoringView } from './useMonitoringView';

/** Features by windows, of one tool at a time: two tools' figures are never of one kind. */
export function DriftSection(props: { map: DriftHeatMap }) {
  const { map } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const view = useMonitoringView();
  return (
    <Section title={t('heatMap.title')} actions={<Choices map={map} />}>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {map.importance === null ? t('heatMap.textWithout') : t('heatMap.text')}
      </Typography>
      <DriftHeatMapFigure
        map={map}
        rows={chooseRows(map.rows, view)}
        onOpen={feature => view.change({ feature })}
      />
    </Section>
  );
}

function Choices(props: { map: DriftHeatMap }) {
  const { rows } = props.map;
  const { t } = useTranslationRef(monitoringTranslationRef);
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
          label={t('tool')}
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
          label={t('statistic')}
          value={view.statistic ?? ''}
          onChange={event => view.change({ statistic: event.target.value })}
          SelectProps={{ native: true }}
          InputLabelProps={{ shrink: true }}
        >
          <option value="">{t('asChosen')}</option>
          {statistics.map(name => (
            <option key={name}>{name}</option>
          ))}
        </TextField>
      )}
    </Box>
  );
}
