import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  NOT_ADVERSE,
  PreviewedRow,
  ReasonCodeDictionary,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { Loaded, useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { Nothing } from '../components/Section';
import { dictionaryLanguages } from './dictionaryLanguages';
import { explanationTranslationRef } from './messages';
import { PreviewTable } from './PreviewTable';

/** The reason codes that a row would have before and after a change; asked for once, since looking is recorded. */
export function WhatIfReasons(props: {
  id: ModelId;
  version: string;
  className: string | undefined;
  /** What it started from, where that is known, and what it is now; none where a field holds no number. */
  rows: ReadonlyArray<Record<string, number | string | null>>;
  dictionary: Loaded<ReasonCodeDictionary | null>;
}) {
  const { id, version, className, rows, dictionary } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const [isAsked, setIsAsked] = useState(false);
  const [language, setLanguage] = useState<string>();
  const found = dictionary.value;
  const languages = found ? dictionaryLanguages(found.dictionary) : [];
  const chosen = language ?? languages[0] ?? 'en';
  const [first, ...others] = rows;
  const isChanged = JSON.stringify([first]) !== JSON.stringify(others);
  const asked = isChanged ? [...rows] : others;
  const { value, error, retry, loading } = useLoad(
    isAsked && found && rows.length > 0
      ? JSON.stringify([id, version, found.digest, className, chosen, asked])
      : undefined,
    () =>
      api.previewReasons(id, version, {
        rows: asked,
        class: className,
        language: chosen,
      }),
    { keepPrevious: true },
  );
  const now = value?.rows[value.rows.length - 1];
  const before = value && value.rows.length > 1 ? value.rows[0] : undefined;
  return (
    <Box sx={{ mt: 3 }}>
      <Typography variant="subtitle1" component="h3">
        {t('preview.title')}
      </Typography>
      {dictionary.error && (
        <FailedState error={dictionary.error} retry={dictionary.retry} />
      )}
      {found === null && <Nothing>{t('reasons.none')}</Nothing>}
      {found && !isAsked && (
        <>
          <Button variant="outlined" onClick={() => setIsAsked(true)}>
            {t('preview.ask')}
          </Button>
          <Typography variant="caption" component="p">
            {t('preview.hint', { version: found.version })}
          </Typography>
        </>
      )}
      {found && isAsked && (
        <>
          <Alert severity="warning" role="note" sx={{ my: 1 }}>
            {t('preview.use')}
          </Alert>
          <TextField
            select
            size="small"
            label={t('reasons.language')}
            value={chosen}
            onChange={event => setLanguage(event.target.value)}
            SelectProps={{ native: true }}
            sx={{ minWidth: 110, my: 1 }}
          >
            {languages.map(name => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </TextField>
        </>
      )}
      {found && isAsked && rows.length === 0 && (
        <Nothing>{t('preview.noRow')}</Nothing>
      )}
      {error && <FailedState error={error} retry={retry} />}
      {now && !error && (
        <>
          <Box
            role="status"
            aria-busy={loading}
            sx={{ display: 'grid', gap: 1, my: 1 }}
          >
            {before && <Said row={before} when="before" />}
            <Said row={now} when="now" />
          </Box>
          <PreviewTable before={before?.reasons} now={now.reasons} />
          <Typography variant="caption" component="p">
            {value?.method}
          </Typography>
        </>
      )}
    </Box>
  );
}

/** The codes of a row in their order, or why it has none. */
function Said(props: { row: PreviewedRow; when: 'before' | 'now' }) {
  const { row, when } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  if (row.withheld === null) {
    return (
      <Typography variant="body2">
        {t(`preview.${when}`, {
          codes: row.reasons.map(({ code }) => code).join(', '),
        })}
      </Typography>
    );
  }
  const isApproved = row.withheld === NOT_ADVERSE;
  return (
    <Alert severity={isApproved ? 'info' : 'error'} role="note">
      {t(`preview.${when}None`, {
        why: isApproved ? t('preview.approved') : row.withheld,
      })}
    </Alert>
  );
}
