import { Link } from '@backstage/core-components';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { ReactNode } from 'react';

/** The address of a version's own page below its model's. */
export function useVersionPath(): (
  entityRef: string,
  version: string,
) => string {
  const entityPath = useEntityRefLink();
  return (entityRef, version) =>
    `${entityPath(entityRef)}/versions/${encodeURIComponent(version)}`;
}

/** A link to a version's own page. */
export function VersionLink(props: {
  entityRef: string;
  version: string;
  children?: ReactNode;
}) {
  const versionPath = useVersionPath();
  return (
    <Link to={versionPath(props.entityRef, props.version)}>
      {props.children ?? props.version}
    </Link>
  );
}
