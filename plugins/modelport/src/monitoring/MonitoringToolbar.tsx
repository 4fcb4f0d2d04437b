import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { monitoringTranslationRef } from './messages';
import { useMonitoringView } from './useMonitoringView';

/** Versions that can be chosen; older ones by their address. */
const MOST_VERSIONS = 100;
const DAY = 24 * 3_600_000;
const SPANS = [90, 365];

/** Chooses the version and the time; the last days are those of the data, which may be old. */
export function MonitoringToolbar(props: {
  model: Model;
  version: string;
  /** Milliseconds; undefined while nothing is known. */
  lastEnd: number | undefined;
}) {
  const { model, version, lastEnd: last } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const api = useApi(modelportApiRef);
  const view = useMonitoringView();
  const id = { source: model.source, name: model.name };
  const { value } = useLoad(JSON.stringify(id), () =>
    api.listVersions(id, { limit: MOST_VERSIONS }),
  );
  const listed = value?.items ?? [];
  const names = [...new Set([version, ...listed.map(item => item.version)])];
  const label = (name: string) => {
    const aliases =
      listed.find(item => item.version === name)?.aliases.join(', ') ?? '';
    return aliases ? t('aliased', { version: name, aliases }) : name;
  };
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}
    >
      <TextField
        select
        size="small"
        label={t('version')}
        value={version}
        onChange={event => view.change({ version: event.target.value })}
        SelectProps={{ native: true }}
        sx={{ minWidth: 150 }}
      >
        {names.map(name => (
          <option key={name} value={name}>
            {label(name)}
          </option>
        ))}
      </TextField>
      {(['from', 'to'] as const).map(key => (
        <TextField
          key={key}
          type="date"
          size="small"
          label={t(`${key}`)}
          value={view[key] ?? ''}
          onChange={event => view.change({ [key]: event.target.value || null })}
          InputLabelProps={{ shrink: true }}
        />
      ))}
      <Button
        size="small"
        aria-pressed={!view.from && !view.to}
        onClick={() => view.change({ from: null, to: null })}
      >
        {t('all')}
      </Button>
      {last !== undefined &&
        SPANS.map(days => (
          <Button
            key={days}
            size="small"
            onClick={() =>
              view.change({ from: day(last - days * DAY), to: day(last - 1) })
            }
          >
            {t('last', { days: String(days) })}
          </Button>
        ))}
      <Typography variant="caption" color="text.secondary">
        {t('utc')}
      </Typography>
    </Box>
  );
}
