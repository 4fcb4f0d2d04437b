import { parseEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { LineageNode } from '@modelport/plugin-modelport-common';
import { useMemo } from 'react';
import { lineageTranslationRef } from './messages';
import { placesOf, tellApart } from './placesOf';

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
  /** All that is known of its name: kind, label and where it is. */
  title: string;
  /** Where it is, such as the namespace of a dataset; null where its name says that. */
  place: string | null;
}

/**
 * The words for nodes: an environment goes with its model, since many models have one of the same name. Where a node is
 * stands in its name only among nodes that would be called the same.
 *
 * @param nodes - those that are seen together.
 */
export function useNodeTexts(
  nodes?: LineageNode[],
): (node: LineageNode) => NodeTexts {
  const { t } = useTranslationRef(lineageTranslationRef);
  return useMemo(() => {
    const nameOf = (node: LineageNode) => {
      if (node.kind === 'deployment' && node.entityRef) {
        return t('deploymentOf', {
          environment: node.name,
          model: parseEntityRef(node.entityRef).name,
        });
      }
      return node.kind === 'consumer'
        ? node.name.slice(node.name.lastIndexOf('/') + 1)
        : node.name;
    };
    const withVersion = (name: string, version: string | null) =>
      version === null ? name : t('withVersion', { name, version });
    const alike = new Map<string, LineageNode[]>();
    for (const node of nodes ?? []) {
      const key = JSON.stringify([node.kind, nameOf(node), node.version]);
      alike.set(key, [...(alike.get(key) ?? []), node]);
    }
    const told = new Map(
      [...alike.values()].flatMap(same =>
        same.length > 1 ? [...tellApart(same)] : [],
      ),
    );
    return (node: LineageNode) => {
      const plain = t(`kinds.${node.kind}`);
      const kind = node.failed ? t('failedKind', { kind: plain }) : plain;
      const own = nameOf(node);
      const at = told.get(node.id);
      const inPlace = (name: string) =>
        at === undefined ? name : t('inPlace', { name, place: at });
      const name = inPlace(own);
      const label = withVersion(name, node.version);
      // Of a model the source says little to people who have one.
      const place =
        node.kind === 'version' || node.kind === 'deployment'
          ? null
          : placesOf(node).at(-1) ?? null;
      return {
        kind,
        name,
        label,
        shortLabel: withVersion(
          inPlace(
            shortened(
              node.kind === 'code' ? own.replace(/^\w+:\/\//, '') : own,
            ),
          ),
          node.version && shortened(node.version),
        ),
        title: `${kind}: ${
          place === null || at !== undefined
            ? label
            : t('inPlace', { name: label, place })
        }`,
        place,
      };
    };
  }, [nodes, t]);
}

/** Hexadecimal digits as people quote them; any other text as it is. */
function shortened(text: string): string {
  return /^[0-9a-f]{20,}$/i.test(text) ? `${text.slice(0, SHORT)}…` : text;
}
