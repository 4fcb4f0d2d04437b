import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { CodeLine } from '../components/CodeLine';
import { CsvButton } from '../components/CsvButton';
import { EmptyState } from '../components/EmptyState';
import { FailedState } from '../components/FailedState';
import { Pager } from '../components/Pager';
import { TableSkeleton } from '../components/TableSkeleton';
import { LinkButton } from '../components/LinkButton';
import { versionTranslationRef } from './messages';
import { firstMetricKeys, metricKeys, valueOf } from './metricKeys';
import { MetricsButton } from './MetricsButton';
import { useVersionPaths } from './useVersionPaths';
import { useVersionsView } from './useVersionsView';
import { versionsQuery } from './versionsQuery';
import { VersionsTable } from './VersionsTable';

/** The versions of a model; two or more can be chosen to compare. */
export function VersionsList(props: { id: ModelId }) {
  const { id } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const api = useApi(modelportApiRef);
  const paths = useVersionPaths();
  const view = useVersionsView();
  const { value, error, loading, retry } = useLoad(
    JSON.stringify([id, view.cursor]),
    () => api.listVersions(id, versionsQuery(view.cursor)),
    { keepPrevious: true },
  );
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  // In the words in which it is asked ahead, so that the table does not wait for one answer more.
  const model = useLoad(entityRef, async () => {
    const { items } = await api.listModels({
      entityRef: [entityRef],
      limit: 1,
    });
    return items.at(0);
  });
  if (!value || (model.loading && !model.value)) {
    return error ? (
      <FailedState error={error} retry={retry} />
    ) : (
      <TableSkeleton rows={6} rowHeight={56} />
    );
  }
  if (value.totalItems === 0) {
    return (
      <EmptyState title={t('empty.title')} text={t('empty.text')}>
        <CodeLine
          code={`mlflow.register_model(f"runs:/{run_id}/model", ${JSON.stringify(
            id.name,
          )})`}
        />
      </EmptyState>
    );
  }
  const versions = value.items;
  const keys =
    view.metrics ?? firstMetricKeys(versions, model.value?.mainMetric?.key);
  const cursor = value.nextCursor;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
      {error && <FailedState error={error} retry={retry} hasOldData />}
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
      >
        <Typography variant="h6" component="h2" sx={{ flexGrow: 1, mb: 0 }}>
          {t('count', { count: value.totalItems })}
        </Typography>
        {view.chosen.length < 2 ? (
          <Typography variant="body2" color="text.secondary" role="status">
            {t('list.compareHint')}
          </Typography>
        ) : (
          <LinkButton
            variant="contained"
            size="small"
            to={paths.compare(view.chosen)}
          >
            {t('list.compareCount', {
              number: String(view.chosen.length),
            })}
          </LinkButton>
        )}
        {view.chosen.length > 0 && (
          <Button size="small" onClick={() => view.choose([])}>
            {t('list.clear')}
          </Button>
        )}
        <MetricsButton
          keys={metricKeys(versions)}
          chosen={keys}
          onChange={view.setMetrics}
        />
        <CsvButton
          fileName={t('list.csv', { name: id.name })}
          rows={() => [
            [
              'version',
              'aliases',
              'stage',
              'status',
              'datasets',
              'runId',
              'author',
              'createdAt',
              ...metricKeys(versions),
            ],
            ...versions.map(version => [
              version.version,
              version.aliases.join(' '),
              version.stage,
              version.status,
              version.datasets.map(({ name }) => name).join('; '),
              version.runId,
              version.author,
              version.createdAt,
              ...metricKeys(versions).map(key => valueOf(version, key)),
            ]),
          ]}
        />
      </Box>
      <Paper variant="outlined">
        <VersionsTable
          name={id.name}
          versions={versions}
          metricKeys={keys}
          chosen={view.chosen}
          onChoose={view.choose}
          busy={loading}
        />
        {(cursor || view.cursor) && (
          <Box sx={{ px: 2 }}>
            <Pager
              labels={{
                first: t('list.first'),
                previous: t('list.previous'),
                next: t('list.next'),
              }}
              toFirst={view.toFirst}
              toPrevious={view.toPrevious}
              toNext={cursor ? () => view.toNext(cursor) : undefined}
            />
          </Box>
        )}
      </Paper>
    </Box>
  );
}
