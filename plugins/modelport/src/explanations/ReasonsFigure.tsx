import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  NOT_ADVERSE,
  ReasonCodeDictionary,
  Reasons,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { Loaded } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { formatFigure } from '../components/formatFigure';
import { Nothing } from '../components/Section';
import { explanationTranslationRef } from './messages';
import { ReasonsTable } from './ReasonsTable';
import { ReproduceLine } from './ReproduceLine';
import { dictionaryLanguages } from './dictionaryLanguages';
import { dictionaryOutcomes, isApproved } from './dictionaryOutcomes';
import { useExplanationView } from './useExplanationView';

/** The select's own name of a decision that the cutoff tells, which no outcome is called. */
const BY_CUTOFF = '';
const DECLINED = 'declined';

/** The reasons of a row's decision in the words of the dictionary, given when somebody asks, since that is recorded. */
export function ReasonsFigure(props: {
  id: ModelId;
  version: string;
  rowId: string;
  /** Of the row; null where it is not known. */
  output: number | null;
  dictionary: Loaded<ReasonCodeDictionary | null>;
}) {
  const { id, version, rowId, output, dictionary } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const { view } = useExplanationView();
  const { value: found, error: why, retry } = dictionary;
  const [language, setLanguage] = useState<string>();
  const [outcome, setOutcome] = useState<string>();
  const [given, setGiven] = useState<Reasons & { contradicts: boolean }>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    setGiven(undefined);
    setError(undefined);
  }, [rowId, version]);
  const languages = found ? dictionaryLanguages(found.dictionary) : [];
  const chosen = language ?? languages[0] ?? 'en';
  const { cutoff, rules } = dictionaryOutcomes(found?.dictionary ?? {});
  const decided = outcome ?? (cutoff === null ? DECLINED : BY_CUTOFF);
  const give = async () => {
    try {
      const reasons = await api.giveReasons(id, version, {
        rowIds: [rowId],
        language: chosen,
        class: view.class,
        ...(decided === BY_CUTOFF
          ? { cutoff: cutoff ?? undefined }
          : { outcome: decided }),
      });
      setGiven({
        ...reasons,
        contradicts:
          decided === DECLINED && isApproved(found?.dictionary ?? {}, output),
      });
      setError(undefined);
      // It counts them, and knows what was found.
      if (reasons.rows.some(({ withheld }) => withheld !== null)) {
        retry();
      }
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    }
  };
  const [row] = given?.rows ?? [];
  return (
    <Box sx={{ mt: 3 }}>
      <Typography variant="subtitle1" component="h3">
        {t('reasons.title')}
      </Typography>
      {found === null && <Nothing>{t('reasons.none')}</Nothing>}
      {why && <FailedState error={why} retry={retry} />}
      {found && (
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 1,
            my: 1,
            alignItems: 'center',
          }}
        >
          <TextField
            select
            size="small"
            label={t('reasons.outcome')}
            value={decided}
            onChange={event => setOutcome(event.target.value)}
            SelectProps={{ native: true }}
            InputLabelProps={{ shrink: true }}
            sx={{ minWidth: 180 }}
          >
            {cutoff !== null && (
              <option value={BY_CUTOFF}>
                {t('reasons.byCutoff', { cutoff: formatFigure(cutoff) })}
              </option>
            )}
            <option value={DECLINED}>{t('reasons.declined')}</option>
            {rules.map(rule => (
              <option key={rule} value={rule}>
                {t('reasons.byRule', { rule })}
              </option>
            ))}
          </TextField>
          <TextField
            select
            size="small"
            label={t('reasons.language')}
            value={chosen}
            onChange={event => setLanguage(event.target.value)}
            SelectProps={{ native: true }}
            sx={{ minWidth: 110 }}
          >
            {languages.map(name => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </TextField>
          <Button variant="outlined" onClick={give}>
            {t('reasons.give')}
          </Button>
          <Typography variant="caption" color="text.secondary">
            {t('reasons.hint', { version: found.version })}
          </Typography>
        </Box>
      )}
      {error && <FailedState error={error} retry={give} />}
      {given && row?.withheld && (
        <Alert
          severity={row.withheld === NOT_ADVERSE ? 'info' : 'error'}
          role="alert"
        >
          {t('reasons.withheld', { why: row.withheld })}
        </Alert>
      )}
      {given?.contradicts && (
        <Alert severity="warning" role="alert">
          {t('reasons.contradicts', {
            output: formatFigure(output ?? Number.NaN),
            cutoff: formatFigure(cutoff ?? Number.NaN),
          })}
        </Alert>
      )}
      {given && row && !row.withheld && (
        <ReasonsTable
          reasons={row.reasons}
          dictionary={
            found?.digest === given.dictionaryDigest ? found.dictionary : null
          }
        />
      )}
      {given && row && (
        <Typography
          variant="caption"
          component="p"
          sx={{ overflowWrap: 'anywhere' }}
        >
          {t('reasons.record', {
            id: row.recordId,
            method: given.method,
          })}
        </Typography>
      )}
      {given && row && (
        <ReproduceLine id={id} version={version} recordId={row.recordId} />
      )}
      {found && found.withheld > 0 && (
        <Typography variant="caption" component="p">
          {t('reasons.withheldBefore', { count: found.withheld })}
        </Typography>
      )}
    </Box>
  );
}
