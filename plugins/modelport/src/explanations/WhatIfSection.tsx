import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ExplainableModel,
  Explanation,
  ReasonCodeDictionary,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { Loaded, useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { formatDelta, formatFigure } from '../components/formatFigure';
import { Nothing, Section } from '../components/Section';
import { groupContributions } from './groupColumns';
import { GroupToggle, useGrouped } from './GroupToggle';
import { explanationTranslationRef } from './messages';
import { useExplanationView } from './useExplanationView';
import { Waterfall } from './Waterfall';
import { WhatIfFields } from './WhatIfFields';
import { WhatIfReasons } from './WhatIfReasons';
import { fieldsOfRow, RowOfFields, rowOfFields, wrongField } from './whatIfRow';

const PasteRows = lazy(() => import('./PasteRows'));
const PastedImportance = lazy(() => import('./PastedImportance'));

/** What of a version's explanation counts here. */
type Explained = Pick<Explanation, 'classes' | 'features' | 'groups'>;

/** Typing goes on for so long before it is computed. */
const PAUSE_MS = 250;

/** Change a value of a row, and see score and reasons move; computed by the portal from the model's own file. */
export function WhatIfSection(props: {
  id: ModelId;
  version: string;
  /** Whether and how the portal can explain rows itself. */
  explainable: Loaded<ExplainableModel>;
  /** Whether the reader looks at rows anyway, so that one may be started from. */
  rowsAreShown: boolean;
  /** Whose class is chosen at the top of the page, and whose features have groups. */
  explanation: Explained;
  dictionary: Loaded<ReasonCodeDictionary | null>;
}) {
  const { t } = useTranslationRef(explanationTranslationRef);
  const { value: model, error, retry } = props.explainable;
  return (
    <Section title={t('whatIf.title')}>
      {error && <FailedState error={error} retry={retry} />}
      {!model && !error && <Skeleton variant="rectangular" height={80} />}
      {model && !model.computable && (
        <Nothing>{t('whatIf.notComputable', { why: model.why ?? '' })}</Nothing>
      )}
      {model?.computable && <WhatIf {...props} model={model} />}
    </Section>
  );
}

function WhatIf(props: {
  id: ModelId;
  version: string;
  model: ExplainableModel;
  rowsAreShown: boolean;
  explanation: Explained;
  dictionary: Loaded<ReasonCodeDictionary | null>;
}) {
  const { id, version, model, rowsAreShown, explanation, dictionary } = props;
  // The model may call them otherwise.
  const { classes } = explanation;
  const isGrouped = useGrouped(explanation);
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const { view, change } = useExplanationView();
  const [values, setValues] = useState<RowOfFields>({});
  const [settled, setSettled] = useState<RowOfFields>({});
  const [started, setStarted] = useState<RowOfFields>();
  const [pasting, setPasting] = useState(false);
  const [pasted, setPasted] = useState<RowOfFields[]>([]);
  const [place, setPlace] = useState(0);
  const [noRow, setNoRow] = useState<Error>();
  const { features, classes: own } = model;
  const className = own.includes(view.class ?? '')
    ? view.class
    : own[classes.indexOf(view.class ?? '')];
  const wrong = wrongField(values, model);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(values), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [values]);
  const isReady =
    wrongField(settled, model) === undefined && Object.keys(settled).length > 0;
  const asked = [...(started ? [started] : []), settled].map(one =>
    rowOfFields(one, model),
  );
  const { value: result, error: failure } = useLoad(
    isReady
      ? JSON.stringify([id, version, className, started, settled])
      : undefined,
    () =>
      api.computeExplanation(id, version, {
        rows: asked,
        class: className,
      }),
    { keepPrevious: true },
  );
  const row = result?.rows[result.rows.length - 1];
  const start = result?.rows[0].output;
  const startFrom = (first: RowOfFields) => {
    setNoRow(undefined);
    setStarted(first);
    setValues(first);
    setSettled(first);
  };
  const choose = (rows: RowOfFields[], at: number) => {
    setPlace(at);
    startFrom(rows[at]);
  };
  const fromRow = async () => {
    try {
      const found = await api.getExplanationRow(id, version, view.row ?? '');
      startFrom(fieldsOfRow(found.values, model));
    } catch (reason) {
      setNoRow(reason instanceof Error ? reason : new Error(String(reason)));
    }
  };
  return (
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
            onClick={() => startFrom(fieldsOfRow(model.example ?? {}, model))}
          >
            {t('whatIf.fromExample')}
          </Button>
        )}
        <Button
          size="small"
          variant="outlined"
          aria-expanded={pasting}
          onClick={() => setPasting(!pasting)}
        >
          {t('whatIf.paste.open')}
        </Button>
        {pasted.length > 1 && (
          <TextField
            select
            size="small"
            label={t('whatIf.paste.which')}
            value={place}
            onChange={event => choose(pasted, Number(event.target.value))}
            SelectProps={{ native: true }}
            sx={{ minWidth: 120 }}
          >
            {pasted.map((_row, at) => (
              <option key={at} value={at}>
                {t('whatIf.paste.row', {
                  place: String(at + 1),
                  all: String(pasted.length),
                })}
              </option>
            ))}
          </TextField>
        )}
      </Box>
      {pasting && (
        <Suspense fallback={<Skeleton variant="rectangular" height={120} />}>
          <PasteRows
            model={model}
            onTaken={rows => {
              setPasted(rows);
              choose(rows, 0);
            }}
          />
        </Suspense>
      )}
      <WhatIfFields
        model={model}
        values={values}
        wrong={wrong}
        onChange={setValues}
      />
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
            className={result.class}
            actions={<GroupToggle explanation={explanation} />}
            parts={{
              baseValue: result.baseValue,
              output: row.output,
              contributions: isGrouped
                ? groupContributions(row.contributions, explanation.features)
                : row.contributions,
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
      <WhatIfReasons
        id={id}
        version={version}
        className={className}
        rows={isReady ? asked : []}
        dictionary={dictionary}
      />
      {pasted.length > 1 && (
        <Suspense fallback={<Skeleton variant="rectangular" height={200} />}>
          <PastedImportance
            id={id}
            version={version}
            className={className}
            features={features}
            rows={pasted.map(one => rowOfFields(one, model))}
          />
        </Suspense>
      )}
    </>
  );
}
