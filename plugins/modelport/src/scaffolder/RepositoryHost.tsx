import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import FormHelperText from '@mui/material/FormHelperText';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { messageOf } from '../components/FailedState';
import { FieldProps } from './FieldProps';
import { ChosenHost } from './findHostProblems';
import { formApiRef, GitHost } from './formApi';
import { formTranslationRef } from './messages';

const WIDE = { flex: '1 1 12rem' };

/** On which of the portal's git hosts the repository is made, and to whom it belongs there. */
export function RepositoryHost(props: FieldProps<ChosenHost>) {
  const { formData = {}, onChange, rawErrors = [], schema } = props;
  const api = useApi(formApiRef);
  const { t } = useTranslationRef(formTranslationRef);
  const [hosts, setHosts] = useState<GitHost[]>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let current = true;
    api.hosts().then(
      found => current && setHosts(found),
      error => current && setProblem(messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [api]);

  if (problem !== undefined) {
    return (
      <Alert severity="warning">{t('host.failed', { message: problem })}</Alert>
    );
  }
  if (!hosts) {
    return <Skeleton variant="rounded" height={120} />;
  }
  if (hosts.length === 0) {
    return <Alert severity="error">{t('host.none')}</Alert>;
  }
  const shown = hosts.find(({ host, type }) =>
    formData.host === undefined ? type === 'own' : host === formData.host,
  );
  const put = (change: ChosenHost) =>
    onChange(withoutEmpty({ ...formData, host: shown?.host, ...change }));
  const text = (key: 'owner' | 'project') =>
    shown &&
    shown[key] !== null && (
      <TextField
        required
        size="small"
        label={shown[key]}
        value={formData[key] ?? ''}
        onChange={event => put({ [key]: event.target.value })}
        error={rawErrors.length > 0 && !formData[key]}
        inputProps={{ autoComplete: 'off', spellCheck: false }}
        sx={WIDE}
      />
    );
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0 }}>
      <Typography component="legend" variant="subtitle1">
        {schema.title}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, my: 1.5 }}>
        <TextField
          select
          size="small"
          label={t('host.label')}
          value={shown?.host ?? ''}
          // what was said of another host is not true of this one
          onChange={event => onChange({ host: event.target.value })}
          sx={{ flex: '1 1 14rem' }}
        >
          {hosts.map(({ host, title, missing }) => (
            <MenuItem key={host} value={host} disabled={missing !== null}>
              {title}
            </MenuItem>
          ))}
        </TextField>
        {text('owner')}
        {text('project')}
        {shown && shown.visibilities.length > 0 && (
          <TextField
            select
            size="small"
            label={t('host.visibility')}
            value={formData.visibility ?? shown.visibilities[0]}
            onChange={event => put({ visibility: event.target.value })}
            sx={WIDE}
          >
            {shown.visibilities.map(each => (
              <MenuItem key={each} value={each}>
                {t(`host.visibilities.${each}`)}
              </MenuItem>
            ))}
          </TextField>
        )}
      </Box>
      <FormHelperText>{schema.description}</FormHelperText>
      {hosts.map(
        ({ host, title, missing }) =>
          missing !== null && (
            <FormHelperText key={host}>
              {t('host.missing', { title, name: missing })}
            </FormHelperText>
          ),
      )}
    </Box>
  );
}

function withoutEmpty(given: ChosenHost): ChosenHost {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== ''),
  );
}
