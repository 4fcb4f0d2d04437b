import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  EVALUATED,
  LineageGraph,
  LineageNode,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useMemo, useState } from 'react';
import { PLAIN_CELL, ScrollTable } from '../components/ScrollTable';
import { lineageTranslationRef } from './messages';
import { useNodeTexts } from './useNodeTexts';

/** Neighbours named in a cell. */
const MOST_NAMES = 5;
/** Rows that are drawn at once. */
const ROWS_AT_ONCE = 100;

/** The lineage as a table: a row a node, with what it is made from and what it leads to. */
export function LineageTable(props: {
  name: string;
  graph: LineageGraph;
  /** The nodes to list, of those of the graph. */
  nodes: LineageNode[];
  onSelect: (id: string) => void;
}) {
  const { name, graph, nodes, onSelect } = props;
  const { t } = useTranslationRef(lineageTranslationRef);
  const textsOf = useNodeTexts(graph.nodes);
  const sides = useMemo(
    () =>
      neighbours(graph, {
        labelOf: node => textsOf(node).label,
        evaluated: label => t('evaluatedLabel', { label }),
      }),
    [graph, textsOf, t],
  );
  const [rows, setRows] = useState(ROWS_AT_ONCE);
  const left = Math.min(nodes.length - rows, ROWS_AT_ONCE);
  const listOf = (found: Set<string> | undefined) => {
    const names = [...(found ?? [])];
    const more = names.length - MOST_NAMES;
    return [
      ...names.slice(0, MOST_NAMES),
      ...(more > 0 ? [t('table.more', { number: String(more) })] : []),
    ].join(', ');
  };
  return (
    <Paper variant="outlined">
      <ScrollTable caption={t('table.caption', { name })}>
        <TableHead>
          <TableRow>
            <TableCell>{t('table.kind')}</TableCell>
            <TableCell>{t('table.name')}</TableCell>
            <TableCell>{t('table.version')}</TableCell>
            <TableCell>{t('table.from')}</TableCell>
            <TableCell>{t('table.to')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {nodes.slice(0, rows).map(node => (
            <TableRow key={node.id}>
              <td className={PLAIN_CELL}>{textsOf(node).kind}</td>
              <Box component="td" className={PLAIN_CELL} sx={{ minWidth: 220 }}>
                <Link
                  component="button"
                  aria-label={t('table.show', { name: textsOf(node).label })}
                  onClick={() => onSelect(node.id)}
                  sx={{ textAlign: 'left' }}
                >
                  {textsOf(node).name}
                </Link>
              </Box>
              <td className={PLAIN_CELL}>{node.version ?? '–'}</td>
              <td className={PLAIN_CELL}>{listOf(sides.get(node.id)?.from)}</td>
              <td className={PLAIN_CELL}>{listOf(sides.get(node.id)?.to)}</td>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
      {left > 0 && (
        <Button onClick={() => setRows(rows + left)}>
          {t('table.showMore', { number: String(left) })}
        </Button>
      )}
    </Paper>
  );
}

/** Names, with versions, of what a node is made from and of what it leads to. */
function neighbours(
  graph: LineageGraph,
  words: {
    labelOf: (node: LineageNode) => string;
    /** Said of data that was only evaluated on. */
    evaluated: (label: string) => string;
  },
): Map<string, { from: Set<string>; to: Set<string> }> {
  const sides = new Map(
    graph.nodes.map(node => [
      node.id,
      {
        label: words.labelOf(node),
        from: new Set<string>(),
        to: new Set<string>(),
      },
    ]),
  );
  for (const edge of graph.edges) {
    const [from, to] = [sides.get(edge.from), sides.get(edge.to)];
    if (from && to) {
      from.to.add(to.label);
      to.from.add(
        edge.kind === EVALUATED ? words.evaluated(from.label) : from.label,
      );
    }
  }
  return sides;
}
