import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  LineageNode,
  LineageOrigins,
} from '@modelport/plugin-modelport-common';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { EntityText } from '../components/EntityText';
import { ExternalLink } from '../components/ExternalLink';
import { FailedState } from '../components/FailedState';
import { LinkButton } from '../components/LinkButton';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { lineageTranslationRef } from './messages';
import { NodeLink, useNodePath } from './NodeLink';
import { useNodeTexts } from './useNodeTexts';

/** Nodes that are named at most. */
const MOST_ITEMS = 200;

/** Which way is looked from a node. */
export type PanelSide = 'affected' | 'makers';

/** A node of the graph, and who must know when it changes; or what it was made from. */
export function NodePanel(props: {
  id: string;
  /** What the node was made from, and evaluated on, of what is shown. */
  origins: LineageOrigins;
  side: PanelSide;
  onSide: (side: PanelSide) => void;
  onSelect: (id: string) => void;
  onClose: () => void;
}) {
  const { id, origins, side, onSide, onSelect, onClose } = props;
  const { t } = useTranslationRef(lineageTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, retry } = useLoad(id, () => api.getLineageImpact(id));
  let content: ReactNode = <TableSkeleton rows={4} />;
  if (error) {
    content = <FailedState error={error} retry={retry} />;
  } else if (value) {
    const { node, owners, items } = value;
    const evaluated = items.filter(item => item.evaluated);
    content = (
      <Box
        sx={{
          display: 'flex',
          flexDirection: 'column',
          gap: 1,
          overflowWrap: 'anywhere',
        }}
      >
        <NodeHead node={node} />
        {side === 'makers' ? (
          <>
            <Nodes
              title={t('panel.makers')}
              nodes={origins.makers}
              empty={t('panel.noMakers')}
              onSelect={onSelect}
            />
            {origins.evaluated.length > 0 && (
              <Nodes
                title={t('panel.evaluated')}
                nodes={origins.evaluated}
                empty=""
                onSelect={onSelect}
              />
            )}
          </>
        ) : (
          <>
            <Part
              title={t('panel.owners')}
              empty={owners.length === 0 ? t('panel.noOwners') : undefined}
            >
              {owners.map(owner => (
                <li key={owner}>
                  <EntityText text={owner} />
                </li>
              ))}
            </Part>
            <Nodes
              title={t('panel.items')}
              nodes={items.filter(item => !item.evaluated)}
              empty={
                evaluated.length > 0
                  ? t('panel.nothingMade')
                  : t('panel.nothing')
              }
              onSelect={onSelect}
            />
            {evaluated.length > 0 && (
              <Nodes
                title={t('panel.evaluatedOnIt')}
                nodes={evaluated}
                empty=""
                onSelect={onSelect}
              />
            )}
            {value.truncated && <Nothing>{t('truncated')}</Nothing>}
          </>
        )}
        <Typography variant="caption" color="text.secondary">
          {t('panel.id')}: {readableId(node.id)}
        </Typography>
      </Box>
    );
  }
  return (
    <Section
      title={side === 'makers' ? t('panel.madeIt') : t('panel.title')}
      actions={
        <>
          <Button
            size="small"
            onClick={() => onSide(side === 'makers' ? 'affected' : 'makers')}
          >
            {side === 'makers' ? t('panel.title') : t('panel.madeIt')}
          </Button>
          <IconButton
            size="small"
            aria-label={t('panel.close')}
            onClick={onClose}
          >
            <CloseIcon fontSize="small" />
          </IconButton>
        </>
      }
    >
      {content}
    </Section>
  );
}

/** What the node is, in full, and the way to it. */
function NodeHead(props: { node: LineageNode }) {
  const { node } = props;
  const { t } = useTranslationRef(lineageTranslationRef);
  const { kind, label, place } = useNodeTexts()(node);
  const path = useNodePath()(node);
  return (
    <>
      <Typography variant="subtitle1" component="h3">
        {kind}{' '}
        {node.kind === 'code' ? (
          <>
            <ExternalLink url={node.name} title={node.name} />
            {node.version !== null && ` @ ${node.version}`}
          </>
        ) : (
          label
        )}
      </Typography>
      {path && (
        <div>
          <LinkButton size="small" variant="outlined" to={path}>
            {node.kind === 'version'
              ? t('panel.openVersion')
              : t('panel.openPromotions')}
          </LinkButton>
        </div>
      )}
      {place !== null && (
        <Typography variant="body2">
          {t('panel.place')}: {place}
        </Typography>
      )}
      {node.entityRef && (
        <Typography variant="body2">
          {t('panel.entity')}: <EntityText text={node.entityRef} />
        </Typography>
      )}
    </>
  );
}

/** Nodes with the ways to them. */
function Nodes(props: {
  title: string;
  nodes: LineageNode[];
  empty: string;
  onSelect: (id: string) => void;
}) {
  const { title, nodes, empty, onSelect } = props;
  const { t } = useTranslationRef(lineageTranslationRef);
  const textsOf = useNodeTexts(nodes);
  return (
    <Part
      title={`${title} (${nodes.length})`}
      empty={nodes.length === 0 ? empty : undefined}
    >
      {nodes.slice(0, MOST_ITEMS).map(node => (
        <li key={node.id}>
          {textsOf(node).kind}{' '}
          <NodeLink
            node={node}
            label={textsOf(node).label}
            onSelect={onSelect}
          />
        </li>
      ))}
      {nodes.length > MOST_ITEMS && (
        <li>
          {t('table.more', { number: String(nodes.length - MOST_ITEMS) })}
        </li>
      )}
    </Part>
  );
}

function Part(props: {
  title: string;
  /** Said where the list has nothing. */
  empty: string | undefined;
  children: ReactNode;
}) {
  return (
    <Box>
      <Typography variant="subtitle2" component="h4">
        {props.title}
      </Typography>
      {props.empty === undefined ? (
        <Box
          component="ul"
          sx={{
            m: 0,
            pl: 2.5,
            typography: 'body2',
            maxHeight: 320,
            overflowY: 'auto',
          }}
        >
          {props.children}
        </Box>
      ) : (
        <Nothing>{props.empty}</Nothing>
      )}
    </Box>
  );
}

/** An id without the escapes of its parts. */
function readableId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
