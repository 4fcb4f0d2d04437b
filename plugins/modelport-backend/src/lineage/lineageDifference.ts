import {
  LineageChange,
  LineageDifference,
  LineageGraph,
  LineageNode,
  lineageOrigins,
} from '@modelport/plugin-modelport-common';

/** New with every version, so that naming them says nothing. */
const ALWAYS_NEW = ['run', 'version'];

/**
 * What one version was made from and another was not. A dataset of another version and code of another commit are the
 * same thing in another state. Data that both were only evaluated on, or the one that has it, made neither.
 */
export function lineageDifference(
  from: LineageGraph & { root: string },
  to: LineageGraph & { root: string },
): LineageDifference {
  const made = new Set(
    [from, to].flatMap(graph =>
      lineageOrigins(graph, [graph.root]).makers.map(({ id }) => id),
    ),
  );
  const before = byThing(from.nodes);
  const after = byThing(to.nodes);
  const items: LineageChange[] = [];
  let unchanged = 0;
  for (const thing of new Set([...before.keys(), ...after.keys()])) {
    const [old, fresh] = [before.get(thing) ?? [], after.get(thing) ?? []];
    const kept = old.filter(node => fresh.some(({ id }) => id === node.id));
    const isKept = ({ id }: LineageNode) => kept.some(node => node.id === id);
    const gone = old.filter(node => !isKept(node));
    const come = fresh.filter(node => !isKept(node));
    unchanged += kept.length;
    for (let i = 0; i < Math.max(gone.length, come.length); i++) {
      items.push(change(gone[i] ?? null, come[i] ?? null, made));
    }
  }
  const order: Array<LineageChange['change']> = ['changed', 'added', 'removed'];
  return {
    items: items.sort(
      (a, b) =>
        order.indexOf(a.change) - order.indexOf(b.change) ||
        a.kind.localeCompare(b.kind) ||
        a.name.localeCompare(b.name),
    ),
    unchanged,
    truncated: from.truncated || to.truncated,
  };
}

function byThing(nodes: LineageNode[]): Map<string, LineageNode[]> {
  const things = new Map<string, LineageNode[]>();
  for (const node of nodes) {
    if (!ALWAYS_NEW.includes(node.kind)) {
      const thing =
        node.version === null
          ? node.id
          : node.id.slice(0, node.id.lastIndexOf('@'));
      things.set(thing, [...(things.get(thing) ?? []), node]);
    }
  }
  return things;
}

function change(
  from: LineageNode | null,
  to: LineageNode | null,
  made: Set<string>,
): LineageChange {
  const { kind, name } = to ?? from ?? { kind: 'dataset', name: '' };
  const evaluated = [from, to].every(node => !node || !made.has(node.id));
  if (from && to) {
    return { change: 'changed', kind, name, evaluated, from, to };
  }
  return {
    change: from ? 'removed' : 'added',
    kind,
    name,
    evaluated,
    from,
    to,
  };
}
