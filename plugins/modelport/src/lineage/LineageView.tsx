import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { LineageGraph } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { CodeLine } from '../components/CodeLine';
import { EmptyState } from '../components/EmptyState';
import { FailedState } from '../components/FailedState';
import { TableSkeleton } from '../components/TableSkeleton';
import { isUnread } from './isUnread';
import { lineageTranslationRef } from './messages';
import { LineageControls } from './LineageControls';
import { LineageDifferenceSection } from './LineageDifferenceSection';
import { LineageWithPanel } from './LineageWithPanel';
import { useLineageView } from './useLineageView';

/** Versions to choose from; others by their address. */
const MOST_VERSIONS = 100;

/** What made a model's versions, and what uses them. */
export function LineageView(props: { id: ModelId }) {
  const { id } = props;
  const { t } = useTranslationRef(lineageTranslationRef);
  const api = useApi(modelportApiRef);
  const view = useLineageView();
  const { version, direction, depth, search, baseline } = view;
  const { value, error, loading, retry } = useLoad(
    JSON.stringify([id, version, direction, depth]),
    () => api.getLineage(id, { version, direction, depth }),
    { keepPrevious: true },
  );
  const versions = useLoad(JSON.stringify(id), () =>
    api.listVersions(id, { limit: MOST_VERSIONS }),
  );
  const found = useMemo(() => namedBy(value, search), [value, search]);
  if (!value) {
    return error ? (
      <FailedState error={error} retry={retry} />
    ) : (
      <TableSkeleton rows={8} />
    );
  }
  const isEmpty = value.edges.length === 0 && !loading;
  const isStillRead =
    isEmpty && isUnread(value) && versions.value?.totalItems !== 0;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      {error && <FailedState error={error} retry={retry} hasOldData />}
      <LineageControls
        view={view}
        versions={(versions.value?.items ?? []).map(item => item.version)}
      />
      {value.truncated && <Alert severity="info">{t('truncated')}</Alert>}
      {isStillRead && (
        <EmptyState title={t('reading.title')} text={t('reading.text')}>
          <Button onClick={retry}>{t('reading.again')}</Button>
        </EmptyState>
      )}
      {!isStillRead && isEmpty && (
        <EmptyState title={t('empty.title')} text={t('empty.text')}>
          <CodeLine code="endpoint: api/modelport/v1/lineage/openlineage" />
        </EmptyState>
      )}
      {!isEmpty && (
        <LineageWithPanel
          id={id}
          view={view}
          graph={value}
          found={found}
          loading={loading}
        />
      )}
      {version !== undefined && baseline !== undefined && (
        <LineageDifferenceSection
          id={id}
          baseline={baseline}
          version={version}
        />
      )}
    </Box>
  );
}

/** Ids of the nodes in whose name, version or id some words occur. */
function namedBy(graph: LineageGraph | undefined, search: string): Set<string> {
  const words = search.toLowerCase();
  return new Set(
    words === ''
      ? []
      : graph?.nodes
          .filter(({ id, name, version }) =>
            [id, name, version ?? ''].some(text =>
              text.toLowerCase().includes(words),
            ),
          )
          .map(node => node.id),
  );
}
