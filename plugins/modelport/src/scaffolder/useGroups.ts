import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useEffect, useState } from 'react';

/** Groups that are offered besides one's own; others are found by their names. */
const MOST_OFFERED = 50;
const PAUSE_MS = 250;
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.profile.displayName',
];

/** A group of the catalog, as people choose it. */
export interface GroupOption {
  ref: string;
  title: string;
  /** Whether the person belongs to it. */
  own: boolean;
}

/** Groups of the catalog: those that the person belongs to, then those whose names hold a text. */
export function useGroups(text: string): {
  groups: GroupOption[];
  loading: boolean;
  problem?: string;
} {
  const catalog = useApi(catalogApiRef);
  const identity = useApi(identityApiRef);
  const [own, setOwn] = useState<GroupOption[]>();
  const [others, setOthers] = useState<{
    text: string;
    found: GroupOption[];
  }>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let current = true;
    const load = async () => {
      const { ownershipEntityRefs } = await identity.getBackstageIdentity();
      const refs = ownershipEntityRefs.filter(ref => /^group:/i.test(ref));
      const { items } =
        refs.length === 0
          ? { items: [] }
          : await catalog.getEntitiesByRefs({
              entityRefs: refs,
              fields: FIELDS,
            });
      return items.flatMap(entity => (entity ? optionOf(entity, true) : []));
    };
    load().then(
      found => current && setOwn(sorted(found)),
      error => {
        if (current) {
          setOwn([]);
          setProblem(error.message);
        }
      },
    );
    return () => {
      current = false;
    };
  }, [catalog, identity]);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () =>
        catalog
          .queryEntities({
            filter: { kind: 'group' },
            fields: FIELDS,
            limit: MOST_OFFERED,
            orderFields: [{ field: 'metadata.name', order: 'asc' }],
            ...(text && {
              fullTextFilter: {
                term: text,
                fields: [
                  'metadata.name',
                  'metadata.title',
                  'spec.profile.displayName',
                ],
              },
            }),
          })
          .then(
            ({ items }) => {
              if (current) {
                const found = items.map(entity => optionOf(entity, false));
                setOthers({ text, found });
                setProblem(undefined);
              }
            },
            error => current && setProblem(error.message),
          ),
      text ? PAUSE_MS : 0,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [catalog, text]);

  const mine = own ?? [];
  return {
    groups: [
      ...mine,
      ...(others?.found ?? []).filter(
        ({ ref }) => !mine.some(each => each.ref === ref),
      ),
    ],
    loading: problem === undefined && (!own || others?.text !== text),
    problem,
  };
}

function optionOf(entity: Entity, own: boolean): GroupOption {
  const { metadata, spec } = entity;
  const profile: unknown = spec?.profile;
  const displayName =
    typeof profile === 'object' && profile !== null && 'displayName' in profile
      ? profile.displayName
      : undefined;
  return {
    ref: stringifyEntityRef(entity),
    title: metadata.title ?? String(displayName ?? metadata.name),
    own,
  };
}

function sorted(groups: GroupOption[]): GroupOption[] {
  return [...groups].sort((a, b) => a.title.localeCompare(b.title));
}
