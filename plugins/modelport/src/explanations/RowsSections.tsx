import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Explanation,
  MASKED_TOGETHER,
  ReasonCodeDictionary,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useMemo } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { Loaded, useLoad } from '../api/useLoad';
import { FailedState, statusOf } from '../components/FailedState';
import { formatFigure } from '../components/formatFigure';
import { Nothing, Section } from '../components/Section';
import { explanationTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { RowSection } from './RowSection';
import { useExplanationView } from './useExplanationView';

const BeeswarmFigure = lazy(() => import('./BeeswarmFigure'));
const CohortsFigure = lazy(() => import('./CohortsFigure'));
const DependenceFigure = lazy(() => import('./DependenceFigure'));

/** Single rows, for who may read them and asks: reading them is recorded. */
export function RowsSections(props: {
  id: ModelId;
  version: string;
  explanation: Explanation;
  dictionary: Loaded<ReasonCodeDictionary | null>;
}) {
  const { id, version, explanation, dictionary } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const api = useApi(modelportApiRef);
  const { view, change } = useExplanationView();
  const wanted = view.rows === 'yes' || view.row !== undefined;
  const {
    value: loaded,
    error,
    retry,
  } = useLoad(
    wanted
      ? JSON.stringify([id, version, view.class, explanation.digest])
      : undefined,
    () => api.getExplanationColumns(id, version, view.class),
  );
  const value = useMemo(
    () =>
      loaded && {
        ...loaded,
        columns: loaded.columns.map(column =>
          column.feature === MASKED_TOGETHER
            ? {
                ...column,
                feature: t('row.together', {
                  features: loaded.masked.join(', '),
                }),
              }
            : column,
        ),
      },
    [loaded, t],
  );
  const isRefused = error !== undefined && statusOf(error) === 403;
  return (
    <>
      <Section title={t('rows.title')}>
        {!wanted && (
          <Box
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 2,
              alignItems: 'center',
            }}
          >
            <Typography variant="body2" sx={{ flex: '1 1 260px' }}>
              {t('rows.ask')}
            </Typography>
            <Button variant="outlined" onClick={() => change({ rows: 'yes' })}>
              {t('rows.show')}
            </Button>
          </Box>
        )}
        {isRefused && <Nothing>{t('rows.notAllowed')}</Nothing>}
        {error && !isRefused && <FailedState error={error} retry={retry} />}
        {wanted && !value && !error && (
          <Skeleton
            variant="rectangular"
            height={300}
            role="status"
            aria-label={tComponent('loading')}
          />
        )}
        {value && (
          <Suspense fallback={<Skeleton variant="rectangular" height={300} />}>
            <BeeswarmFigure
              columns={value}
              explanation={explanation}
              onPick={row => change({ row })}
            />
            <DependenceFigure
              columns={value}
              explanation={explanation}
              onPick={row => change({ row })}
            />
            <CohortsFigure columns={value} explanation={explanation} />
          </Suspense>
        )}
        {value && value.rowIds.length < value.rows && (
          <Typography variant="caption" component="p">
            {t('rows.sampled', {
              shown: formatFigure(value.rowIds.length),
              all: formatFigure(value.rows),
            })}
          </Typography>
        )}
        {value && value.masked.length > 0 && (
          <Typography variant="caption" component="p">
            {t('rows.masked', {
              features: value.masked.join(', '),
            })}
          </Typography>
        )}
      </Section>
      {wanted && !isRefused && (
        <RowSection
          id={id}
          version={version}
          explanation={explanation}
          rowIds={value?.rowIds ?? []}
          dictionary={dictionary}
        />
      )}
    </>
  );
}
