import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useCallback } from 'react';
import { useReadAgain } from '../api/useReadAgain';
import { Page } from '../components/Page';
import { CodeLine } from '../components/CodeLine';
import { EmptyState } from '../components/EmptyState';
import { FailedState, statusOf } from '../components/FailedState';
import { SearchBox } from '../components/SearchBox';
import { TableSkeleton } from '../components/TableSkeleton';
import { alertsRouteRef, sourcesRouteRef } from '../routes';
import { LinkButton } from '../components/LinkButton';
import { modelTranslationRef } from './messages';
import { ColumnsButton } from './ColumnsButton';
import { CsvOfAll } from './CsvOfAll';
import { FiltersPanel } from './FiltersPanel';
import { ModelsPager } from './ModelsPager';
import { ModelsTable } from './ModelsTable';
import { isNarrowed } from './modelsView';
import { QuickFilters } from './QuickFilters';
import { TroubleBanner } from './TroubleBanner';
import { useColumns } from './useColumns';
import { useCounts, useFacets, useModels } from './useModels';
import { ModelsViewControl, useModelsView } from './useModelsView';

export { askModelsAhead as askAhead } from './askModelsAhead';

const START_WITH_MLFLOW =
  'MLFLOW_TRACKING_URI=http://your-mlflow:5000 npm start';
const SKELETON_ROWS = 10;

/** A portal without models may be at its first pass. */
const LOOKS_AGAIN_MS = 3_000;

/** The list of models. */
export function ModelsPage() {
  const { t } = useTranslationRef(modelTranslationRef);
  const control = useModelsView();
  const { view, search } = control;
  const models = useModels(view);
  const facets = useFacets(view);
  const counts = useCounts(view, facets);
  const { columns, setColumns } = useColumns();
  const sourcesPath = useRouteRef(sourcesRouteRef)?.();
  const alertsPath = useRouteRef(alertsRouteRef)?.();
  const page = models.value;
  const isEmpty = page?.totalItems === 0 && !isNarrowed(view);
  const { retry: readModels, loading } = models;
  const { retry: readFacets } = facets;
  const retry = useCallback(() => {
    readModels();
    readFacets();
  }, [readModels, readFacets]);
  useReadAgain(isEmpty, {
    loaded: { retry, loading },
    milliseconds: LOOKS_AGAIN_MS,
  });

  return (
    <Page page="models">
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, pb: 3 }}>
        <TroubleBanner />
        {isEmpty ? (
          <NoModels />
        ) : (
          <>
            <QuickFilters
              control={control}
              counts={counts}
              failed={facets.error !== undefined}
            />
            <Box
              sx={{
                display: 'flex',
                flexDirection: { xs: 'column', lg: 'row' },
                gap: { xs: 1, lg: 3 },
              }}
            >
              <FiltersPanel control={control} facets={facets} />
              <Box sx={{ flexGrow: 1, minWidth: 0 }}>
                <Box
                  sx={{
                    display: 'flex',
                    flexWrap: 'wrap',
                    alignItems: 'center',
                    gap: 1,
                    mb: 1,
                  }}
                >
                  <SearchBox
                    value={view.q}
                    onSearch={search}
                    label={t('search.label')}
                    placeholder={t('search.placeholder')}
                    clearLabel={t('search.clear')}
                  />
                  <Box sx={{ flexGrow: 1 }} />
                  {alertsPath && (
                    <LinkButton size="small" to={alertsPath}>
                      {t('alertsLink')}
                    </LinkButton>
                  )}
                  {sourcesPath && (
                    <LinkButton size="small" to={sourcesPath}>
                      {t('sourcesLink')}
                    </LinkButton>
                  )}
                  <ColumnsButton columns={columns} onChange={setColumns} />
                  <CsvOfAll view={view} total={page?.totalItems ?? 0} />
                </Box>
                {models.error && (
                  <Failure
                    control={control}
                    error={models.error}
                    retry={models.retry}
                    hasOldData={Boolean(page)}
                  />
                )}
                {!page && !models.error && (
                  <TableSkeleton rows={SKELETON_ROWS} rowHeight={64} />
                )}
                {page && page.items.length > 0 && (
                  <Paper variant="outlined">
                    <ModelsTable
                      models={page.items}
                      columns={columns}
                      sort={view.sort}
                      onSort={control.sortBy}
                      busy={models.loading}
                    />
                    <Box sx={{ px: 2 }}>
                      <ModelsPager control={control} page={page} />
                    </Box>
                  </Paper>
                )}
                {page && page.items.length === 0 && (
                  <NothingFound control={control} />
                )}
              </Box>
            </Box>
          </>
        )}
      </Box>
    </Page>
  );
}

function NoModels() {
  const { t } = useTranslationRef(modelTranslationRef);
  const sourcesPath = useRouteRef(sourcesRouteRef)?.();
  return (
    <EmptyState title={t('empty.title')} text={t('empty.text')}>
      <Box sx={{ mb: 2 }}>
        <CodeLine code={START_WITH_MLFLOW} />
      </Box>
      {sourcesPath && (
        <LinkButton variant="outlined" to={sourcesPath}>
          {t('empty.sources')}
        </LinkButton>
      )}
    </EmptyState>
  );
}

function NothingFound(props: { control: ModelsViewControl }) {
  const { control } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  return control.view.cursor ? (
    <EmptyState title={t('nothingFound.title')} text={t('page.badCursor')}>
      <Button variant="outlined" onClick={control.toFirst}>
        {t('page.toFirst')}
      </Button>
    </EmptyState>
  ) : (
    <EmptyState title={t('nothingFound.title')} text={t('nothingFound.text')}>
      <Button variant="outlined" onClick={control.reset}>
        {t('nothingFound.reset')}
      </Button>
    </EmptyState>
  );
}

function Failure(props: {
  control: ModelsViewControl;
  error: Error;
  retry: () => void;
  hasOldData: boolean;
}) {
  const { control, error, retry, hasOldData } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const isBadAddress = statusOf(error) === 400;
  return (
    <Box sx={{ mb: 2 }}>
      <FailedState
        error={error}
        retry={isBadAddress ? undefined : retry}
        hasOldData={hasOldData}
      >
        {isBadAddress && (
          <Button
            color="inherit"
            size="small"
            onClick={control.view.cursor ? control.toFirst : control.reset}
          >
            {control.view.cursor ? t('page.toFirst') : t('nothingFound.reset')}
          </Button>
        )}
      </FailedState>
    </Box>
  );
}
