import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { LineageGraph, LineageKind } from '@modelport/plugin-modelport-common';
import { useTheme } from '@mui/material/styles';
import { useMemo } from 'react';
import { lineageTranslationRef } from './messages';
import { foldKinds } from './foldKinds';
import { KINDS } from './useLineageView';
import { useNodeTexts } from './useNodeTexts';

/** The graph with some kinds folded, and how each of its nodes is drawn. */
export function useShownGraph(options: {
  graph: LineageGraph;
  folded: LineageKind[];
  /** Ids of nodes that stand out. */
  found: Set<string>;
}) {
  const { graph, folded, found } = options;
  const { t } = useTranslationRef(lineageTranslationRef);
  const { palette } = useTheme();
  const textsOf = useNodeTexts(graph.nodes);
  const foldedKey = folded.join();
  const shown = useMemo(
    () =>
      foldKinds(
        graph,
        KINDS.filter(kind => foldedKey.split(',').includes(kind)),
      ),
    [graph, foldedKey],
  );
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
      const kind = t(`kinds.${node.kind}`);
      const together = t('together', { number: String(node.nodes.length) });
      return {
        id: node.id,
        colour: colours[node.kind],
        marked: node.nodes.some(({ id }) => found.has(id)),
        ...(node.folded
          ? {
              kind,
              label: together,
              shortLabel: together,
              title: `${kind}: ${together}`,
            }
          : textsOf(node.nodes[0])),
      };
    });
  }, [shown, found, palette, t, textsOf]);
  return { shown, nodes };
}
