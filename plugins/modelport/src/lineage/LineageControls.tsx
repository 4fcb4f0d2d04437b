import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useCallback } from 'react';
import { SearchBox } from '../components/SearchBox';
import { lineageTranslationRef } from './messages';
import { DIRECTIONS, MOST_STEPS, useLineageView } from './useLineageView';

const NO_VERSION = '';
const STEPS = Array.from({ length: MOST_STEPS }, (_, index) => index + 1);

/** Chooses what the lineage page shows. */
export function LineageControls(props: {
  view: ReturnType<typeof useLineageView>;
  versions: string[];
}) {
  const { view, versions } = props;
  const { set } = view;
  const { t } = useTranslationRef(lineageTranslationRef);
  const search = useCallback(
    (text: string) => (text ? set('q', text) : set('q')),
    [set],
  );
  const named =
    view.version === undefined || versions.includes(view.version)
      ? versions
      : [view.version, ...versions];
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      <TextField
        select
        size="small"
        label={t('controls.version')}
        value={view.version ?? NO_VERSION}
        onChange={({ target }) =>
          target.value === NO_VERSION
            ? set('version')
            : set('version', target.value)
        }
        SelectProps={{ displayEmpty: true }}
        InputLabelProps={{ shrink: true }}
        sx={{ minWidth: 140 }}
      >
        <MenuItem value={NO_VERSION}>{t('controls.allVersions')}</MenuItem>
        {named.map(version => (
          <MenuItem key={version} value={version}>
            {version}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        size="small"
        label={t('controls.direction')}
        value={view.direction}
        onChange={({ target }) => set('direction', target.value)}
        sx={{ minWidth: 140 }}
      >
        {DIRECTIONS.map(direction => (
          <MenuItem key={direction} value={direction}>
            {t(`controls.${direction}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        size="small"
        label={t('controls.depth')}
        value={view.depth}
        onChange={({ target }) => set('depth', target.value)}
        sx={{ minWidth: 80 }}
      >
        {STEPS.map(step => (
          <MenuItem key={step} value={step}>
            {step}
          </MenuItem>
        ))}
      </TextField>
      {view.version !== undefined && (
        <TextField
          select
          size="small"
          label={t('controls.baseline')}
          value={view.baseline ?? NO_VERSION}
          onChange={({ target }) =>
            target.value === NO_VERSION
              ? set('baseline')
              : set('baseline', target.value)
          }
          SelectProps={{ displayEmpty: true }}
          InputLabelProps={{ shrink: true }}
          sx={{ minWidth: 140 }}
        >
          <MenuItem value={NO_VERSION}>{t('controls.noBaseline')}</MenuItem>
          {versions
            .filter(version => version !== view.version)
            .map(version => (
              <MenuItem key={version} value={version}>
                {version}
              </MenuItem>
            ))}
        </TextField>
      )}
      <SearchBox
        value={view.search}
        onSearch={search}
        label={t('controls.search')}
        placeholder={t('controls.searchHint')}
        clearLabel={t('controls.clear')}
      />
      <ToggleButtonGroup
        exclusive
        size="small"
        value={view.asTable ? 'table' : 'graph'}
        onChange={(_, value: string | null) =>
          value === 'table' ? set('view', 'table') : set('view')
        }
        aria-label={t('controls.view')}
      >
        <ToggleButton value="graph">{t('controls.asGraph')}</ToggleButton>
        <ToggleButton value="table">{t('controls.asTable')}</ToggleButton>
      </ToggleButtonGroup>
    </Box>
  );
}
