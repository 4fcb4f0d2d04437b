import { Link } from '@backstage/core-components';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { LineageNode } from '@modelport/plugin-modelport-common';
import ButtonLink from '@mui/material/Link';
import { EntityText } from '../components/EntityText';

/**
 * A node's name, which leads to what there is of it: a version to its page, an environment to the promotions of its
 * model, a consumer to its entity, and whatever the portal has no page of to its own panel.
 */
export function NodeLink(props: {
  node: LineageNode;
  /** What it is called among those that it stands with. */
  label: string;
  onSelect: (id: string) => void;
}) {
  const { node, label, onSelect } = props;
  const path = useNodePath()(node);
  if (path) {
    return <Link to={path}>{label}</Link>;
  }
  return node.kind === 'consumer' ? (
    <EntityText text={node.entityRef ?? node.name} />
  ) : (
    <ButtonLink
      component="button"
      onClick={() => onSelect(node.id)}
      sx={{ textAlign: 'left', verticalAlign: 'baseline' }}
    >
      {label}
    </ButtonLink>
  );
}

/** The address of a version's page, or of the promotions to an environment; undefined of other nodes. */
export function useNodePath(): (node: LineageNode) => string | undefined {
  const entityPath = useEntityRefLink();
  return ({ kind, version, entityRef }) => {
    if (!entityRef) {
      return undefined;
    }
    if (kind === 'version' && version !== null) {
      return `${entityPath(entityRef)}/versions/${encodeURIComponent(version)}`;
    }
    return kind === 'deployment'
      ? `${entityPath(entityRef)}/promotions`
      : undefined;
  };
}
