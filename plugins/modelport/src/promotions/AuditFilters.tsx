import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useCallback } from 'react';
import { SearchBox } from '../components/SearchBox';
import { AUDIT_KINDS, AuditView, isFiltered } from './auditView';
import { promotionTranslationRef } from './messages';

/** Of which model, by whom, what, and when. */
export function AuditFilters(props: {
  view: AuditView;
  change: (part: AuditView) => void;
}) {
  const { view, change } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const toModel = useCallback(
    (model: string) => change({ model: model || undefined }),
    [change],
  );
  const toActor = useCallback(
    (actor: string) => change({ actor: actor || undefined }),
    [change],
  );
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1.5,
      }}
    >
      <SearchBox
        value={view.model ?? ''}
        onSearch={toModel}
        label={t('inbox.model')}
        placeholder={t('inbox.modelHint')}
        clearLabel={t('inbox.clear')}
      />
      <SearchBox
        value={view.actor ?? ''}
        onSearch={toActor}
        label={t('audit.filters.person')}
        placeholder={t('audit.filters.personHint')}
        clearLabel={t('inbox.clear')}
      />
      <TextField
        select
        size="small"
        label={t('audit.filters.kind')}
        value={view.action ?? ''}
        onChange={event =>
          change({
            action: AUDIT_KINDS.find(kind => kind === event.target.value),
          })
        }
        sx={{ minWidth: 150 }}
      >
        <MenuItem value="">{t('audit.filters.any')}</MenuItem>
        {AUDIT_KINDS.map(kind => (
          <MenuItem key={kind} value={kind}>
            {t(`audit.kinds.${kind}`)}
          </MenuItem>
        ))}
      </TextField>
      {(['from', 'to'] as const).map(part => (
        <TextField
          key={part}
          size="small"
          type="date"
          label={t(`audit.filters.${part}`)}
          value={view[part] ?? ''}
          onChange={event =>
            change({ [part]: event.target.value || undefined })
          }
          InputLabelProps={{ shrink: true }}
        />
      ))}
      {isFiltered(view) && (
        <Button
          size="small"
          onClick={() =>
            change({
              model: undefined,
              actor: undefined,
              action: undefined,
              from: undefined,
              to: undefined,
            })
          }
        >
          {t('audit.filters.reset')}
        </Button>
      )}
    </Box>
  );
}
