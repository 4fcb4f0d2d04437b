import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';

/** Addresses within the tab "Versions" of the entity that is shown. */
export function useVersionPaths() {
  const { entity } = useEntity();
  const list = `${useEntityRefLink()(entity)}/versions`;
  return {
    list,
    version: (version: string) => `${list}/${encodeURIComponent(version)}`,
    compare: (versions: string[]) =>
      `${list}/compare?${new URLSearchParams(
        versions.map(version => ['versions', version]),
      )}`,
  };
}
