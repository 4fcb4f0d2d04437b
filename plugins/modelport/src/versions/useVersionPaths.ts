import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';

/** Addresses within the tab "Versions" of the entity that is shown. */
export function useVersionPaths() {
  const { entity } = useEntity();
  const list = `${useEntityRefLink()(entity)}/versions`;
  return {
    list,
    version: (version: string) => `${list}/${encodeURIComponent(version)}`,
    evidence: (version: string, of: { digest: string; kind: string }) =>
      `${list}/${encodeURIComponent(version)}/evidence/${
        of.digest
      }?${new URLSearchParams({ kind: of.kind })}`,
    compare: (versions: string[]) =>
      `${list}/compare?${new URLSearchParams(
        versions.map(version => ['versions', version]),
      )}`,
  };
}
