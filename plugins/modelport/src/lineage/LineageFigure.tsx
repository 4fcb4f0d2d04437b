import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { LineageGraph, LineageKind } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Skeleton from '@mui/material/Skeleton';
import { useTheme } from '@mui/material/styles';
import {
  lazy,
  ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import { saveFile } from '../components/saveFile';
import { graphSvg } from '../graph/graphSvg';
import { BOX_HEIGHT, BOX_WIDTH, COLUMN, ROW } from '../graph/sizes';
import { useLayout } from '../graph/useLayout';
import { lineageTranslationRef } from './messages';
import { foldKinds } from './foldKinds';
import { KINDS } from './useLineageView';

const GraphView = lazy(() => import('../graph/GraphView'));

const HEIGHT = 560;

/** The lineage as a graph; what stands for all of a kind cannot be chosen. */
export function LineageFigure(props: {
  name: string;
  graph: LineageGraph;
  folded: LineageKind[];
  /** Ids of nodes that stand out. */
  found: Set<string>;
  selected: string | undefined;
  onSelect: (id: string) => void;
  /** Shown instead where the graph can't be laid out in time. */
  table: ReactNode;
}) {
  const { name, graph, folded, found, selected, onSelect, table } = props;
  const { t } = useTranslationRef(lineageTranslationRef);
  const { palette } = useTheme();
  const latest = useRef(onSelect);
  useEffect(() => {
    latest.current = onSelect;
  });
  const foldedKey = folded.join();
  const shown = useMemo(
    () =>
      foldKinds(
        graph,
        KINDS.filter(kind => foldedKey.split(',').includes(kind)),
      ),
    [graph, foldedKey],
  );
  const ids = useMemo(() => shown.nodes.map(node => node.id), [shown]);
  const places = useLayout(ids, shown.edges);
  const nodes = useMemo(() => {
    const colours: Record<LineageKind, string> = {
      dataset: palette.info.main,
      feature: palette.info.light,
      job: palette.grey[600],
      run: palette.grey[500],
      code: palette.secondary.main,
      version: palette.primary.main,
      deployment: palette.success.main,
      consumer: palette.warning.main,
    };
    return shown.nodes.map(node => {
      const [first] = node.nodes;
      const plain = t(`kinds.${node.kind}`);
      const kind =
        !node.folded && first.failed ? t('failedKind', { kind: plain }) : plain;
      const label =
        first.version === null
          ? first.name
          : t('withVersion', {
              name: first.name,
              version: first.version,
            });
      return {
        id: node.id,
        kind,
        label: node.folded
          ? t('folded', { kind, number: String(node.nodes.length) })
          : label,
        colour: colours[node.kind],
        marked: node.nodes.some(({ id }) => found.has(id)),
      };
    });
  }, [shown, found, palette, t]);
  const select = useCallback(
    (id: string) => {
      if (shown.nodes.some(node => node.id === id && !node.folded)) {
        latest.current(id);
      }
    },
    [shown],
  );
  const skeleton = <Skeleton variant="rectangular" height={HEIGHT} />;
  if (places === 'failed') {
    return (
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
        <Alert severity="info">{t('noLayout')}</Alert>
        {table}
      </Box>
    );
  }
  if (places === 'pending') {
    return skeleton;
  }
  const save = () => {
    const svg = graphSvg(t('graph', { name }), {
      nodes,
      edges: shown.edges,
      places,
      sizes: {
        width: BOX_WIDTH,
        height: BOX_HEIGHT,
        column: COLUMN,
        row: ROW,
      },
    });
    saveFile(
      new Blob([svg], { type: 'image/svg+xml' }),
      `${t('exports.file', { name })}.svg`,
    );
  };
  return (
    <Box
      sx={{
        position: 'relative',
        height: HEIGHT,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
      }}
    >
      <Button
        size="small"
        startIcon={<DownloadIcon />}
        onClick={save}
        sx={{ position: 'absolute', top: 8, right: 8, zIndex: 1 }}
      >
        {t('exports.svg')}
      </Button>
      <Suspense fallback={skeleton}>
        <GraphView
          label={t('graph', { name })}
          nodes={nodes}
          edges={shown.edges}
          places={places}
          centre={shown.nodes
            .filter(node => node.kind === 'version')
            .map(node => node.id)}
          selected={selected}
          onSelect={select}
        />
      </Suspense>
    </Box>
  );
}
