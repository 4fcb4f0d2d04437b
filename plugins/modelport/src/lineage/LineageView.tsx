import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { CodeLine } from '../components/CodeLine';
import { CsvButton } from '../components/CsvButton';
import { EmptyState } from '../components/EmptyState';
import { FailedState } from '../components/FailedState';
import { TableSkeleton } from '../components/TableSkeleton';
import { lineageTranslationRef } from './messages';
import { LineageControls } from './LineageControls';
import { LineageFigure } from './LineageFigure';
import { LineageTable } from './LineageTable';
import { LineageDifferenceSection } from './LineageDifferenceSection';
import { NodePanel } from './NodePanel';
import { OpenLineageButton } from './OpenLineageButton';
import { useLineageView } from './useLineageView';

/** Versions to choose from; others by their address. */
const MOST_VERSIONS = 100;

/** What made a model's versions, and what uses them. */
export function LineageView(props: { id: ModelId }) {
  const { id } = props;
  const { t } = useTranslationRef(lineageTranslationRef);
  const api = useApi(modelportApiRef);
  const view = useLineageView();
  const { version, direction, depth, search } = view;
  const { value, error, loading, retry } = useLoad(
    JSON.stringify([id, version, direction, depth]),
    () => api.getLineage(id, { version, direction, depth }),
    { keepPrevious: true },
  );
  const versions = useLoad(JSON.stringify(id), () =>
    api.listVersions(id, { limit: MOST_VERSIONS }),
  );
  const found = useMemo(() => {
    const words = search.toLowerCase();
    return new Set(
      words === ''
        ? []
        : value?.nodes
            .filter(
              node =>
                node.id.toLowerCase().includes(words) ||
                node.name.toLowerCase().includes(words),
            )
            .map(node => node.id),
    );
  }, [value, search]);
  if (!value) {
    return error ? (
      <FailedState error={error} retry={retry} />
    ) : (
      <TableSkeleton rows={8} />
    );
  }
  const select = (node: string) => view.set('node', node);
  const listed = search
    ? value.nodes.filter(node => found.has(node.id))
    : value.nodes;
  const table = (
    <LineageTable
      name={id.name}
      graph={value}
      nodes={listed}
      onSelect={select}
    />
  );
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      {error && <FailedState error={error} retry={retry} hasOldData />}
      <LineageControls
        view={view}
        versions={(versions.value?.items ?? []).map(item => item.version)}
        kinds={new Set(value.nodes.map(node => node.kind))}
      />
      {value.truncated && <Alert severity="info">{t('truncated')}</Alert>}
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography variant="body2" role="status" sx={{ flexGrow: 1 }}>
          {t('nodes', { count: value.nodes.length })}
          {search && `, ${t('found', { count: found.size })}`}
        </Typography>
        <OpenLineageButton
          id={id}
          query={{ version, direction, depth }}
          fileName={t('exports.file', { name: id.name })}
        />
        <CsvButton
          fileName={t('table.csv', { name: id.name })}
          rows={() => [
            ['from', 'kind', 'to'],
            ...value.edges.map(({ from, kind, to }) => [from, kind, to]),
          ]}
        />
      </Box>
      {value.edges.length === 0 && !loading ? (
        <EmptyState title={t('empty.title')} text={t('empty.text')}>
          <CodeLine code="endpoint: api/modelport/v1/lineage/openlineage" />
        </EmptyState>
      ) : (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
          <Box sx={{ flex: '1 1 480px', minWidth: 0 }} aria-busy={loading}>
            {view.asTable ? (
              table
            ) : (
              <LineageFigure
                name={id.name}
                graph={value}
                folded={view.folded}
                found={found}
                selected={view.node}
                onSelect={select}
                table={table}
              />
            )}
          </Box>
          {view.node !== undefined && (
            <Box sx={{ flex: '0 1 340px', minWidth: 260 }}>
              <NodePanel id={view.node} onClose={() => view.set('node')} />
            </Box>
          )}
        </Box>
      )}
      {version !== undefined && view.baseline !== undefined && (
        <LineageDifferenceSection
          id={id}
          baseline={view.baseline}
          version={version}
        />
      )}
    </Box>
  );
}
