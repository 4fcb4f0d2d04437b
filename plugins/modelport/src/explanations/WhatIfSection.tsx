import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { formatDelta, formatFigure } from '../components/formatFigure';
import { Nothing, Section } from '../components/Section';
import { explanationTranslationRef } from './messages';
import { useExplanationView } from './useExplanationView';
import { Waterfall } from './Waterfall';

/** Typing goes on for so long before it is computed. */
const PAUSE_MS = 250;

type Values = Record<string, string>;

/** Change a value of a row, and see score and reasons move; computed by the portal from the model's own file. */
export function WhatIfSection(props: {
  id: ModelId;
  version: string;
  /** Whether the reader looks at rows anyway, so that one may be started from. */
  rowsAreShown: boolean;
  /** Those of the explanation, which are chosen at the top of the page; the model may call them otherwise. */
  classes: ReadonlyArray<string>;
}) {
  const { id, version, rowsAreShown, classes } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const { view, change } = useExplanationView();
  const {
    value: model,
    error,
    retry,
  } = useLoad(JSON.stringify([id, version]), () =>
    api.getExplainableModel(id, version),
  );
  const [values, setValues] = useState<Values>({});
  const [settled, setSettled] = useState<Values>({});
  const [started, setStarted] = useState<Values>();
  const [noRow, setNoRow] = useState<Error>();
  const features = model?.features ?? [];
  const own = model?.classes ?? [];
  const className = own.includes(view.class ?? '')
    ? view.class
    : own[classes.indexOf(view.class ?? '')];
  const namesOf = (feature: string): string[] =>
    model?.categories[feature] ?? [];
  const wrong = features.find(
    feature =>
      values[feature] &&
      namesOf(feature).length === 0 &&
      !Number.isFinite(Number(values[feature])),
  );
  useEffect(() => {
    const timer = setTimeout(() => setSettled(values), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [values]);
  const isReady =
    model?.computable && !wrong && Object.keys(settled).length > 0;
  const valueOf = (feature: string, text: string | undefined) => {
    if (!text) {
      return null;
    }
    return namesOf(feature).includes(text) ? text : Number(text);
  };
  const rowOf = (row: Values) =>
    Object.fromEntries(
      features.map(feature => [feature, valueOf(feature, row[feature])]),
    );
  const { value: result, error: failure } = useLoad(
    isReady
      ? JSON.stringify([id, version, className, started, settled])
      : undefined,
    () =>
      api.computeExplanation(id, version, {
        rows: [...(started ? [started] : []), settled].map(rowOf),
        class: className,
      }),
    { keepPrevious: true },
  );
  const row = result?.rows[result.rows.length - 1];
  const start = result?.rows[0].output;
  const startFrom = (from: Readonly<Record<string, unknown>>) => {
    const first = Object.fromEntries(
      features.map(feature => {
        return [feature, textOf(from[feature], namesOf(feature))];
      }),
    );
    setNoRow(undefined);
    setStarted(first);
    setValues(first);
    setSettled(first);
  };
  const fromRow = async () => {
    try {
      const found = await api.getExplanationRow(id, version, view.row ?? '');
      startFrom(found.values);
    } catch (reason) {
      setNoRow(reason instanceof Error ? reason : new Error(String(reason)));
    }
  };
  return (
    <Section title={t('whatIf.title')}>
      {error && <FailedState error={error} retry={retry} />}
      {!model && !error && <Skeleton variant="rectangular" height={80} />}
      {model && !model.computable && (
        <Nothing>{t('whatIf.notComputable', { why: model.why ?? '' })}</Nothing>
      )}
      {model?.computable && (
        <>
          <Typography variant="body2" sx={{ mb: 1 }}>
            {t('whatIf.text', {
              path: model.path ?? '',
              format: model.format ?? '',
              trees: formatFigure(model.trees ?? 0),
            })}
          </Typography>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}>
            {own.length > 1 && classes.length === 0 && (
              <TextField
                select
                size="small"
                label={t('class')}
                value={className ?? own[0]}
                onChange={event => change({ class: event.target.value })}
                SelectProps={{ native: true }}
                sx={{ minWidth: 120 }}
              >
                {own.map(name => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </TextField>
            )}
            {rowsAreShown && view.row && (
              <Button size="small" variant="outlined" onClick={fromRow}>
                {t('whatIf.fromRow', { id: view.row })}
              </Button>
            )}
            {model.example && (
              <Button
                size="small"
                variant="outlined"
                onClick={() => startFrom(model.example ?? {})}
              >
                {t('whatIf.fromExample')}
              </Button>
            )}
          </Box>
          <Box
            sx={{
              display: 'grid',
              gridTemplateColumns:
                'repeat(auto-fill, minmax(min(100%, 210px), 1fr))',
              gap: 1.5,
              mb: 1,
            }}
          >
            {features.map(feature => (
              <TextField
                key={feature}
                size="small"
                label={feature}
                select={namesOf(feature).length > 0}
                SelectProps={{ native: true }}
                InputLabelProps={
                  namesOf(feature).length > 0 ? { shrink: true } : undefined
                }
                value={values[feature] ?? ''}
                error={wrong === feature}
                helperText={
                  wrong === feature
                    ? t('whatIf.invalid', {
                        value: values[feature],
                      })
                    : undefined
                }
                inputProps={{ inputMode: 'decimal' }}
                onChange={event =>
                  setValues({ ...values, [feature]: event.target.value })
                }
              >
                {namesOf(feature).length > 0 &&
                  ['', ...namesOf(feature)].map(name => (
                    <option key={name} value={name}>
                      {name || t('row.missing')}
                    </option>
                  ))}
              </TextField>
            ))}
          </Box>
          <Typography variant="caption" component="p">
            {t('whatIf.missing')}
          </Typography>
          {noRow && <FailedState error={noRow} retry={fromRow} />}
          {failure && <FailedState error={failure} hasOldData={!!result} />}
          {result && row && (
            <Box sx={{ mt: 2 }}>
              <Typography role="status" sx={{ fontWeight: 'bold' }}>
                {t('whatIf.summary', {
                  output: formatFigure(row.output),
                  probability:
                    row.probability === null
                      ? ''
                      : t('row.probability', {
                          value: formatFigure(row.probability),
                        }),
                  moved:
                    start === undefined || start === row.output
                      ? ''
                      : t('whatIf.moved', {
                          delta: formatDelta(row.output - start),
                        }),
                })}
              </Typography>
              <Waterfall
                title={t('whatIf.title')}
                explains={result.explains}
                parts={{
                  baseValue: result.baseValue,
                  output: row.output,
                  contributions: row.contributions,
                  values: Object.fromEntries(
                    features.map(feature => [
                      feature,
                      values[feature] || t('row.missing'),
                    ]),
                  ),
                }}
              />
            </Box>
          )}
        </>
      )}
    </Section>
  );
}

/** A value as it stands in its field; of a category its name, where the row gives its place. */
function textOf(value: unknown, names: string[]): string {
  if (typeof value === 'string') {
    return names.includes(value) ? value : '';
  }
  if (typeof value !== 'number' && typeof value !== 'boolean') {
    return '';
  }
  return names.length > 0 ? names[Number(value)] ?? '' : String(Number(value));
}
