import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  LineageGraph,
  lineageOrigins,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { ModelId } from '../api/modelportApi';
import { CsvButton } from '../components/CsvButton';
import { FoldControl } from './FoldControl';
import { LineageFigure } from './LineageFigure';
import { lineageRows } from './lineageRows';
import { LineageTable } from './LineageTable';
import { lineageTranslationRef } from './messages';
import { NodePanel, PanelSide } from './NodePanel';
import { OpenLineageButton } from './OpenLineageButton';
import { useLineageView } from './useLineageView';
import { useShownGraph } from './useShownGraph';

/** The lineage as a graph or as a table, and beside it what a chosen node affects, or what made it. */
export function LineageWithPanel(props: {
  id: ModelId;
  view: ReturnType<typeof useLineageView>;
  graph: LineageGraph;
  /** Ids of nodes that were searched for. */
  found: Set<string>;
  loading: boolean;
}) {
  const { id, view, graph, found, loading } = props;
  const { version, direction, depth, search, folded, node, asTable } = view;
  const { t } = useTranslationRef(lineageTranslationRef);
  const drawn = useShownGraph({ graph, folded, found });
  const { panel, opener, select, close } = usePanel(view);
  const [side, setSide] = useState<PanelSide>('affected');
  const origins = useMemo(
    () => lineageOrigins(graph, node === undefined ? [] : [node]),
    [graph, node],
  );
  const lookTo = (to: PanelSide) => {
    setSide(to);
    if (to === 'makers' && direction === 'downstream') {
      // What made it is not in a graph of what uses the model alone.
      view.set('direction', 'both');
    }
  };
  const table = (
    <LineageTable
      name={id.name}
      graph={graph}
      nodes={
        search ? graph.nodes.filter(one => found.has(one.id)) : graph.nodes
      }
      onSelect={select}
    />
  );
  const counts = [
    t('nodes', { count: graph.nodes.length }),
    ...(!asTable && drawn.nodes.length < graph.nodes.length
      ? [t('drawn', { count: drawn.nodes.length })]
      : []),
    ...(search ? [t('found', { count: found.size })] : []),
  ];
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && node !== undefined) {
      close();
    }
  };
  return (
    <>
      {!asTable && (
        <FoldControl nodes={graph.nodes} folded={folded} onFold={view.fold} />
      )}
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
      >
        <Typography variant="body2" role="status" sx={{ flexGrow: 1 }}>
          {counts.join(', ')}
        </Typography>
        <OpenLineageButton
          id={id}
          query={{ version, direction, depth }}
          fileName={t('exports.file', { name: id.name })}
        />
        <CsvButton
          fileName={t('table.csv', { name: id.name })}
          rows={() => lineageRows(graph, kind => t(`kinds.${kind}`))}
        />
      </Box>
      <Box
        onKeyDown={closeByKey}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}
      >
        <Box
          ref={opener}
          sx={{ flex: '1 1 480px', minWidth: 0 }}
          aria-busy={loading}
        >
          {asTable ? (
            table
          ) : (
            <LineageFigure
              name={id.name}
              drawn={drawn}
              selected={node}
              onSelect={select}
              onUnfold={kind => view.fold(folded.filter(one => one !== kind))}
              table={table}
            />
          )}
        </Box>
        {node !== undefined && (
          <Box
            ref={panel}
            tabIndex={-1}
            sx={{ flex: '0 1 340px', minWidth: 260, outline: 'none' }}
          >
            <NodePanel
              id={node}
              origins={origins}
              side={side}
              onSide={lookTo}
              onSelect={select}
              onClose={close}
            />
          </Box>
        )}
      </Box>
    </>
  );
}

/** Leads the focus into the panel when a person opens it, and back to where they were when they close it. */
function usePanel(view: ReturnType<typeof useLineageView>) {
  const { node, set } = view;
  const panel = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLDivElement>(null);
  const isAsked = useRef(false);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    if (node !== undefined && isAsked.current) {
      isAsked.current = false;
      panel.current?.focus();
    }
  }, [node]);
  return {
    panel,
    opener,
    select: (id: string) => {
      const { activeElement } = document;
      if (opener.current?.contains(activeElement)) {
        before.current = activeElement;
      }
      isAsked.current = true;
      set('node', id);
    },
    close: () => {
      set('node');
      if (before.current instanceof HTMLElement) {
        before.current.focus();
      }
    },
  };
}
