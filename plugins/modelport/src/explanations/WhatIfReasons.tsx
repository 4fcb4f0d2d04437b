import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { NOT_ADVERSE, PreviewedRow } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { Nothing } from '../components/Section';
import { dictionaryLanguages } from './dictionaryLanguages';
import { findReasonCodes } from './findExplanation';
import { explanationTranslationRef } from './messages';
import { PreviewTable } from './PreviewTable';

/** The reason codes that a row would have before and after a change; asked for once, since looking is recorded. */
export function WhatIfReasons(props: {
  id: ModelId;
  version: string;
  className: string | undefined;
  /** What it started from, where that is known, and what it is now; none where a field holds no number. */
  rows: ReadonlyArray<Record<string, number | string | null>>;
}) {
  const { id, version, className, rows } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const [isAsked, setIsAsked] = useState(false);
  const [language, setLanguage] = useState<string>();
  const dictionary = useLoad(
    isAsked ? JSON.stringify([id, version]) : undefined,
    () => findReasonCodes(api, id, version),
  );
  const found = dictionary.value;
  const languages = found ? dictionaryLanguages(found.dictionary) : [];
  const chosen = language ?? languages[0] ?? 'en';
  const [first, ...others] = rows;
  const isChanged = JSON.stringify([first]) !== JSON.stringify(others);
  const asked = isChanged ? [...rows] : others;
  const { value, error, retry, loading } = useLoad(
    found && rows.length > 0
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
      {!isAsked && (
        <>
          <Button variant="outlined" onClick={() => setIsAsked(true)}>
            {t('preview.ask')}
          </Button>
          <Typography variant="caption" component="p">
            {t('preview.hint')}
          </Typography>
        </>
      )}
      {found && (
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
      {found && rows.length === 0 && <Nothing>{t('preview.noRow')}</Nothing>}
      {error && <FailedState error={error} retry={retry} />}
      {now && !error && (
        <>
          <Box role="status" aria-busy={loading} sx={{ my: 1 }}>
            {before && <Said row={before} text="preview.before" />}
            <Said row={now} text="preview.now" />
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
function Said(props: {
  row: PreviewedRow;
  text: 'preview.before' | 'preview.now';
}) {
  const { row, text } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  if (row.withheld === null) {
    return (
      <Typography variant="body2">
        {t(text, { codes: row.reasons.map(({ code }) => code).join(', ') })}
      </Typography>
    );
  }
  return (
    <Alert
      severity={row.withheld === NOT_ADVERSE ? 'info' : 'error'}
      role="note"
    >
      {t(text, { codes: t('reasons.withheld', { why: row.withheld }) })}
    </Alert>
  );
}
