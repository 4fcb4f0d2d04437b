import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ExplainedRow,
  Explanation,
  MASKED_TOGETHER,
  ReasonCodeDictionary,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import { FormEvent, useEffect, useId, useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { Loaded, useLoad } from '../api/useLoad';
import { FailedState, statusOf } from '../components/FailedState';
import { formatFigure } from '../components/formatFigure';
import { Nothing, Section } from '../components/Section';
import { groupContributions } from './groupColumns';
import { GroupToggle, useGrouped } from './GroupToggle';
import { explanationTranslationRef } from './messages';
import { ReasonsFigure } from './ReasonsFigure';
import { useExplanationView } from './useExplanationView';
import { Waterfall } from './Waterfall';

/** Ids that are suggested at once. */
const MOST_SUGGESTED = 20;

/** One row, by its id: from the base value to its output, and the reasons in the organisation's words. */
export function RowSection(props: {
  id: ModelId;
  version: string;
  explanation: Explanation;
  /** Ids of rows that are on the page already, to choose from. */
  rowIds: string[];
  dictionary: Loaded<ReasonCodeDictionary | null>;
}) {
  const { id, version, explanation, rowIds, dictionary } = props;
  const listId = useId();
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const { view, change } = useExplanationView();
  const [typed, setTyped] = useState(view.row ?? '');
  useEffect(() => setTyped(view.row ?? ''), [view.row]);
  const { value, error, retry, loading } = useLoad(
    view.row === undefined
      ? undefined
      : JSON.stringify([id, version, view.class, view.row]),
    () => api.getExplanationRow(id, version, view.row ?? '', view.class),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change({ row: typed.trim() });
  };
  const together = t('row.together', {
    features: value?.masked.join(', ') ?? '',
  });
  const grouped = useGrouped(explanation);
  const contributions = grouped
    ? groupContributions(value?.contributions ?? {}, explanation.features)
    : value?.contributions ?? {};
  const isMissing = error !== undefined && statusOf(error) === 404;
  return (
    <Section title={t('row.title')}>
      <Box
        component="form"
        onSubmit={submit}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}
      >
        <TextField
          size="small"
          label={t('row.id')}
          value={typed}
          onChange={event => setTyped(event.target.value)}
          inputProps={{ list: listId }}
        />
        <datalist id={listId}>
          {rowIds
            .filter(rowId => rowId.startsWith(typed))
            .slice(0, MOST_SUGGESTED)
            .map(rowId => (
              <option key={rowId} value={rowId} />
            ))}
        </datalist>
        <Button type="submit" variant="outlined">
          {t('row.open')}
        </Button>
      </Box>
      {isMissing && <Nothing>{t('row.missingRow')}</Nothing>}
      {error && !isMissing && <FailedState error={error} retry={retry} />}
      {loading && !value && <Skeleton variant="rectangular" height={260} />}
      {value && (
        <>
          <Waterfall
            title={`${t('row.title')} ${value.rowId ?? ''}`}
            explains={explanation.explains}
            className={explanation.class}
            actions={<GroupToggle explanation={explanation} />}
            parts={{
              baseValue: value.baseValue,
              output: value.output,
              contributions: Object.fromEntries(
                Object.entries(contributions).map(([feature, one]) => [
                  feature === MASKED_TOGETHER ? together : feature,
                  one,
                ]),
              ),
              values: {
                ...wordsOf(value, {
                  masked: t('row.masked'),
                  missing: t('row.missing'),
                }),
                [together]: t('row.masked'),
              },
            }}
          />
          <ReasonsFigure
            id={id}
            version={version}
            rowId={value.rowId ?? ''}
            output={value.output}
            dictionary={dictionary}
          />
        </>
      )}
    </Section>
  );
}

/** The values of a row in words. */
export function wordsOf(
  row: Pick<ExplainedRow, 'values' | 'masked'>,
  words: { masked: string; missing: string },
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row.values).map(([feature, value]) => {
      if (row.masked.includes(feature)) {
        return [feature, words.masked];
      }
      if (value === null) {
        return [feature, words.missing];
      }
      return [
        feature,
        typeof value === 'number' ? formatFigure(value) : String(value),
      ];
    }),
  );
}
