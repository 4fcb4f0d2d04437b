import { parseEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { LineageNode } from '@modelport/plugin-modelport-common';
import { useCallback } from 'react';
import { lineageTranslationRef } from './messages';

/** Characters of commits and of ids of runs that tell them apart for people. */
const SHORT = 12;

/** What a node is called. */
export interface NodeTexts {
  kind: string;
  /** Without the version. */
  name: string;
  /** With the version. */
  label: string;
  /** The label with long digests cut. */
  shortLabel: string;
}

/** The words for nodes: an environment goes with its model, since many models have one of the same name. */
export function useNodeTexts(): (node: LineageNode) => NodeTexts {
  const { t } = useTranslationRef(lineageTranslationRef);
  return useCallback(
    (node: LineageNode) => {
      const plain = t(`kinds.${node.kind}`);
      const withVersion = (name: string, version: string | null) =>
        version === null ? name : t('withVersion', { name, version });
      const name =
        node.kind === 'deployment' && node.entityRef
          ? t('deploymentOf', {
              environment: node.name,
              model: parseEntityRef(node.entityRef).name,
            })
          : node.name;
      return {
        kind: node.failed ? t('failedKind', { kind: plain }) : plain,
        name,
        label: withVersion(name, node.version),
        shortLabel: withVersion(
          shortened(
            node.kind === 'code' ? name.replace(/^\w+:\/\//, '') : name,
          ),
          node.version && shortened(node.version),
        ),
      };
    },
    [t],
  );
}

/** Hexadecimal digits as people quote them; any other text as it is. */
function shortened(text: string): string {
  return /^[0-9a-f]{20,}$/i.test(text) ? `${text.slice(0, SHORT)}…` : text;
}
