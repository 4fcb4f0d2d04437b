import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

const DATASET_KEYS = ['dataset', 'datasets', 'modelport.datasets'];
const CONSUMER_KEYS = ['consumer', 'consumers', 'modelport.consumers'];
/** Kind, optional namespace and name, as the catalog takes them; a bare word names nothing for sure. */
const FULL_REF =
  /^(resource|component|api|system):([a-z0-9-]{1,63}\/)?[a-z0-9]([-a-z0-9_.]{0,61}[a-z0-9])?$/i;

/** Entities of the catalog that the registry's tags name in full. */
export function relatedRefs(tags: Record<string, string>): {
  datasets: string[];
  consumers: string[];
} {
  return {
    datasets: fullRefs(tags, DATASET_KEYS).filter(ref =>
      ref.startsWith('resource:'),
    ),
    consumers: fullRefs(tags, CONSUMER_KEYS),
  };
}

/**
 * Whether a text can stand as `spec.system`: a name, or the full ref of a system.
 */
export function isSystemRef(text: string): boolean {
  return /^(system:)?([a-z0-9-]{1,63}\/)?[a-z0-9]([-a-z0-9_.]{0,61}[a-z0-9])?$/i.test(
    text,
  );
}

function fullRefs(tags: Record<string, string>, keys: string[]): string[] {
  const refs = keys
    .flatMap(key => (tags[key] ?? '').split(/[\s,;]+/))
    .filter(text => FULL_REF.test(text))
    .map(text => stringifyEntityRef(parseEntityRef(text)));
  return [...new Set(refs)];
}
