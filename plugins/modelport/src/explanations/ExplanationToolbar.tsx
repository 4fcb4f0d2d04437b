import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { NO_VERSION } from './comparedVersion';
import { explanationTranslationRef } from './messages';
import { useExplanationView } from './useExplanationView';

/** Versions that can be chosen; older ones by their address. */
const MOST_VERSIONS = 100;

/** Chooses the version, the class, and what it is compared to. */
export function ExplanationToolbar(props: {
  model: Model;
  version: string;
  /** What it is held against. */
  compared: string | undefined;
  classes: ReadonlyArray<string>;
}) {
  const { model, version, compared, classes } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const { view, change } = useExplanationView();
  const id = { source: model.source, name: model.name };
  const { value } = useLoad(JSON.stringify(id), () =>
    api.listVersions(id, { limit: MOST_VERSIONS }),
  );
  const listed = value?.items ?? [];
  const names = [
    ...new Set([
      version,
      ...(compared ? [compared] : []),
      ...listed.map(item => item.version),
    ]),
  ];
  const label = (name: string) => {
    const aliases =
      listed.find(item => item.version === name)?.aliases.join(', ') ?? '';
    return aliases ? t('aliased', { version: name, aliases }) : name;
  };
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      <TextField
        select
        size="small"
        label={t('version')}
        value={version}
        onChange={event =>
          change({ version: event.target.value, class: '', row: '' })
        }
        SelectProps={{ native: true }}
        sx={{ minWidth: 160 }}
      >
        {names.map(name => (
          <option key={name} value={name}>
            {label(name)}
          </option>
        ))}
      </TextField>
      {classes.length > 1 && (
        <TextField
          select
          size="small"
          label={t('class')}
          value={view.class ?? classes[0]}
          onChange={event => change({ class: event.target.value })}
          SelectProps={{ native: true }}
          sx={{ minWidth: 120 }}
        >
          {classes.map(name => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </TextField>
      )}
      <TextField
        select
        size="small"
        label={t('compareWith')}
        value={compared ?? NO_VERSION}
        onChange={event => change({ compare: event.target.value })}
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
        sx={{ minWidth: 160 }}
      >
        <option value={NO_VERSION}>{t('compareNone')}</option>
        {names
          .filter(name => name !== version)
          .map(name => (
            <option key={name} value={name}>
              {label(name)}
            </option>
          ))}
      </TextField>
    </Box>
  );
}
