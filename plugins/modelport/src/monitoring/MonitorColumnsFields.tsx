import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Signature } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Nothing } from '../components/Section';
import { monitoringTranslationRef } from './messages';
import { columnsOf, Draft, valueAt, withValue } from './monitorDraft';
import { MonitorField } from './MonitorField';

/** More are found by their name. */
const MOST_SHOWN = 40;

/** What each column is to the monitor: those of the signature, and those that are added. */
export function MonitorColumnsFields(props: {
  draft: Draft;
  signature: Signature | null;
  onChange: (draft: Draft) => void;
}) {
  const { draft, signature, onChange } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const [sought, setSought] = useState('');
  const [added, setAdded] = useState('');
  const all = columnsOf(draft, signature);
  const found = all.filter(({ name }) =>
    name.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  const shown = found.slice(0, MOST_SHOWN);
  return (
    <>
      {all.length === 0 && <Nothing>{t('form.noColumns')}</Nothing>}
      {all.length > MOST_SHOWN && (
        <TextField
          size="small"
          label={t('form.findColumn')}
          value={sought}
          onChange={event => setSought(event.target.value)}
        />
      )}
      {shown.map(({ name, type }) => (
        <Box
          key={name}
          role="group"
          aria-label={name}
          sx={{
            display: 'grid',
            gap: 1,
            alignItems: 'center',
            gridTemplateColumns: {
              xs: '1fr 1fr',
              sm: 'minmax(0, 3fr) minmax(0, 2fr) minmax(0, 2fr) auto',
            },
          }}
        >
          <Typography
            variant="body2"
            sx={{
              overflowWrap: 'anywhere',
              gridColumn: { xs: '1 / -1', sm: 'auto' },
            }}
          >
            {name}
          </Typography>
          <MonitorField
            draft={draft}
            path={['columns', name, 'role']}
            label={t('form.role')}
            usual="feature"
            choices={[
              { value: '', label: t('form.roles.feature') },
              { value: 'prediction', label: t('form.roles.prediction') },
              { value: 'ignored', label: t('form.roles.ignored') },
            ]}
            onChange={onChange}
          />
          <MonitorField
            draft={draft}
            path={['columns', name, 'type']}
            label={t('form.type')}
            choices={[
              {
                value: '',
                label: type
                  ? t('form.typeOfSignature', { type: t(`form.types.${type}`) })
                  : t('form.types.none'),
              },
              { value: 'numeric', label: t('form.types.numeric') },
              { value: 'categorical', label: t('form.types.categorical') },
            ]}
            onChange={onChange}
          />
          <FormControlLabel
            label={t('form.personal')}
            control={
              <Checkbox
                size="small"
                checked={valueAt(draft, ['columns', name, 'personal']) === true}
                onChange={event =>
                  onChange(
                    withValue(
                      draft,
                      ['columns', name, 'personal'],
                      event.target.checked || undefined,
                    ),
                  )
                }
              />
            }
          />
        </Box>
      ))}
      {found.length > shown.length && (
        <Typography variant="body2" color="text.secondary">
          {t('form.moreColumns', { count: found.length - shown.length })}
        </Typography>
      )}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <TextField
          size="small"
          label={t('form.column')}
          value={added}
          onChange={event => setAdded(event.target.value)}
        />
        <Button
          size="small"
          disabled={
            added.trim() === '' || all.some(({ name }) => name === added.trim())
          }
          onClick={() => {
            onChange(
              withValue(draft, ['columns', added.trim(), 'type'], 'numeric'),
            );
            setAdded('');
          }}
        >
          {t('form.addColumn')}
        </Button>
      </Box>
    </>
  );
}
