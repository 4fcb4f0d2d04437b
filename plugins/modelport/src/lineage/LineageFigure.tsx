import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { LineageKind } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
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
import { useLayout } from '../graph/useLayout';
import { lineageTranslationRef } from './messages';
import { useShownGraph } from './useShownGraph';

const GraphView = lazy(() => import('../graph/GraphView'));

const HEIGHT = 560;

/** The lineage as a graph; what stands for all of a kind is unfolded when it is chosen. */
export function LineageFigure(props: {
  name: string;
  /** The graph as it is drawn. */
  drawn: ReturnType<typeof useShownGraph>;
  selected: string | undefined;
  onSelect: (id: string) => void;
  onUnfold: (kind: LineageKind) => void;
  /** Shown instead where the graph can't be laid out in time. */
  table: ReactNode;
}) {
  const { name, drawn, selected, table } = props;
  const { shown, nodes } = drawn;
  const { t } = useTranslationRef(lineageTranslationRef);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const ids = useMemo(() => shown.nodes.map(node => node.id), [shown]);
  const layout = useLayout(ids, shown.edges);
  const select = useCallback(
    (id: string) => {
      const node = shown.nodes.find(one => one.id === id);
      if (node?.folded) {
        latest.current.onUnfold(node.kind);
      } else {
        latest.current.onSelect(id);
      }
    },
    [shown],
  );
  const centre = useMemo(
    () =>
      shown.nodes.filter(node => node.kind === 'version').map(node => node.id),
    [shown],
  );
  const skeleton = <Skeleton variant="rectangular" height={HEIGHT} />;
  if (layout === 'failed') {
    return (
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
        <Alert severity="info">{t('noLayout')}</Alert>
        {table}
      </Box>
    );
  }
  if (layout === 'pending') {
    return skeleton;
  }
  const save = () =>
    saveFile(
      new Blob(
        [graphSvg(t('graph', { name }), { nodes, edges: shown.edges, layout })],
        {
          type: 'image/svg+xml',
        },
      ),
      `${t('exports.file', { name })}.svg`,
    );
  return (
    <>
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
            layout={layout}
            centre={centre}
            selected={selected}
            onSelect={select}
          />
        </Suspense>
      </Box>
      <Typography variant="caption" color="text.secondary">
        {t('keys')}
        {shown.edges.some(({ dashed }) => dashed) && ` ${t('evaluatedLines')}`}
      </Typography>
    </>
  );
}
