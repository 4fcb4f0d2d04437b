import { LineageNode } from '@modelport/plugin-modelport-common';

/**
 * Where a node is, in words that get longer: the namespace of a dataset or job, the dataset of a column before its
 * namespace, the source of a model, kind and namespace of an entity. Nothing of a node that its name says all of.
 */
export function placesOf({ kind, id, name }: LineageNode): string[] {
  const [first, second] = partsOf(id);
  switch (kind) {
    case 'dataset':
    case 'job':
    case 'version':
    case 'deployment':
      return first ? [first] : [];
    case 'feature':
      return first && second ? [second, `${first}/${second}`] : [];
    case 'consumer':
      return name.includes('/') ? [name.slice(0, name.lastIndexOf('/'))] : [];
    default:
      return [];
  }
}

/** The shortest places by which some nodes of one name are told apart; else the longest there are. */
export function tellApart(nodes: LineageNode[]): Map<string, string> {
  const places = nodes.map(node => ({ id: node.id, at: placesOf(node) }));
  const levels = Math.max(0, ...places.map(({ at }) => at.length));
  for (let level = 0; level < levels; level++) {
    const told = places.map(({ at }) => at[Math.min(level, at.length - 1)]);
    if (new Set(told).size === nodes.length || level === levels - 1) {
      return new Map(
        places.flatMap(({ id }, index) =>
          told[index] === undefined ? [] : [[id, told[index]]],
        ),
      );
    }
  }
  return new Map();
}

/** The parts of an id, as they were before they were written into it. */
function partsOf(id: string): string[] {
  return id
    .slice(id.indexOf(':') + 1)
    .split('/')
    .map(part => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
}
