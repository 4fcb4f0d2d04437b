import { NotFoundError } from '@backstage/errors';
import {
  LineageDifference,
  LineageDirection,
  LineageGraph,
  LineageImpact,
  LineageNode,
  onlyEvaluatedOn,
} from '@modelport/plugin-modelport-common';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { LineageGraphStore, StoredEdge, StoredNode } from './LineageGraphStore';
import { lineageDifference } from './lineageDifference';
import { keyOf, versionNode } from './lineageNodes';
import { isTelling, readableNodes } from './readableNodes';
import { stepsFrom } from './stepsFrom';

/** Nodes and edges of one answer; more are left out, and the answer says so. */
const MAX_NODES = 2_000;
const MAX_EDGES = 20_000;

/** Edges away from where a person looks. */
const DEFAULT_DEPTH = 5;
const MOST_DEPTH = 20;

/** A direction in which nobody wants to look. */
const NOWHERE = { keys: [], truncated: false };

/** A part of the graph as one caller may read it. */
interface Reach {
  nodes: StoredNode[];
  edges: StoredEdge[];
  /** What is known of the models among the nodes. */
  models: Map<string, { entityRef: string; owner: string | null }>;
  truncated: boolean;
}

/**
 * Answers what made a version and what uses it. What belongs to models that the caller may not read is left out with all
 * that is reached through it alone; `truncated` says then, as it does beyond the limits, that there is more.
 */
export class LineageService {
  constructor(
    private readonly options: {
      store: LineageGraphStore;
      models: Pick<ModelsService, 'get' | 'getVersion' | 'lookUp'>;
    },
  ) {}

  /** @throws `NotFoundError` where there is no such model or version that the caller may see. */
  async graph(options: {
    source: string;
    name: string;
    version: string | undefined;
    direction: LineageDirection | undefined;
    depth: number | undefined;
    visibility: ModelsVisibility;
  }): Promise<LineageGraph> {
    const { source, name, version, visibility } = options;
    const { models, store } = this.options;
    let roots: string[];
    if (version === undefined) {
      await models.get(source, name, visibility);
      roots = await store.versionsOf({ source, name }, MAX_NODES);
    } else {
      await models.getVersion(source, name, version, visibility);
      roots = [versionNode({ source, name, version }).key];
    }
    const direction = options.direction ?? 'both';
    const reach = await this.reach(roots, {
      up: direction !== 'downstream',
      down: direction !== 'upstream',
      depth: options.depth ?? DEFAULT_DEPTH,
      visibility,
    });
    const ids = new Map(reach.nodes.map(node => [node.key, node.id]));
    return {
      nodes: reach.nodes.map(node => toNode(node, reach.models)),
      edges: reach.edges.flatMap(({ from, to, kind }) => {
        const [fromId, toId] = [ids.get(from), ids.get(to)];
        return fromId !== undefined && toId !== undefined
          ? [{ from: fromId, to: toId, kind }]
          : [];
      }),
      truncated: reach.truncated,
    };
  }

  /**
   * What one version was made from and another was not.
   *
   * @throws `NotFoundError` as above.
   */
  async difference(options: {
    source: string;
    name: string;
    before: string;
    after: string;
    visibility: ModelsVisibility;
  }): Promise<LineageDifference> {
    const { before, after, ...of } = options;
    const [from, to] = await Promise.all(
      [before, after].map(async version => ({
        ...(await this.graph({
          ...of,
          version,
          direction: 'upstream',
          depth: MOST_DEPTH,
        })),
        root: versionNode({ ...of, version }).id,
      })),
    );
    return lineageDifference(from, to);
  }

  /**
   * What is downstream of a node. Of a dataset without a version that includes what was made from any of its versions.
   * What was only evaluated on it is told apart.
   *
   * @throws `NotFoundError` where there is no such node that the caller may see.
   */
  async impact(
    id: string,
    visibility: ModelsVisibility,
  ): Promise<LineageImpact> {
    const { store } = this.options;
    const key = keyOf(id);
    const versions = await store.family(key, MAX_NODES);
    const roots = [...new Set([key, ...versions])];
    const reach = await this.reach(roots, {
      up: false,
      down: true,
      depth: MOST_DEPTH,
      visibility,
    });
    const root =
      reach.nodes.find(node => node.key === key) ??
      withoutVersion(
        reach.nodes.find(node => versions.includes(node.key)),
        { key, id },
      );
    if (!root) {
      throw new NotFoundError(`There is no node "${id.slice(0, 200)}"`);
    }
    const evaluated = onlyEvaluatedOn(reach.edges, roots);
    const items = reach.nodes
      .filter(node => node.key !== key)
      .map(node => ({
        ...toNode(node, reach.models),
        evaluated: evaluated.has(node.key),
      }));
    const owners = new Set(
      reach.nodes.flatMap(({ model }) =>
        model ? reach.models.get(modelKey(model))?.owner ?? [] : [],
      ),
    );
    return {
      node: toNode(root, reach.models),
      items,
      owners: [...owners].sort(),
      truncated: reach.truncated,
    };
  }

  private async reach(
    roots: string[],
    options: {
      up: boolean;
      down: boolean;
      depth: number;
      visibility: ModelsVisibility;
    },
  ): Promise<Reach> {
    const { store, models } = this.options;
    const { depth, visibility } = options;
    const [up, down] = await Promise.all([
      options.up
        ? store.walk(roots, { direction: 'up', depth, limit: MAX_NODES })
        : NOWHERE,
      options.down
        ? store.walk(roots, { direction: 'down', depth, limit: MAX_NODES })
        : NOWHERE,
    ]);
    const { edges, truncated } = await store.edges(
      [...new Set([...up.keys, ...down.keys])],
      MAX_EDGES,
    );
    const steps = {
      up: stepsFrom(roots, edges, { direction: 'up', keys: up.keys }),
      down: stepsFrom(roots, edges, { direction: 'down', keys: down.keys }),
    };
    const near = [...steps.up, ...steps.down]
      .filter(([, distance]) => distance <= depth)
      .sort(([, a], [, b]) => a - b);
    const all = [...new Set(near.map(([key]) => key))];
    const keys = all.slice(0, MAX_NODES);
    const found = await store.nodes(keys);
    const behind =
      visibility === undefined
        ? []
        : await store.modelsBehind(
            found.filter(isTelling).map(({ key }) => key),
          );
    const known = await models.lookUp(
      [
        ...found.flatMap(({ model }) => model ?? []),
        ...behind.flatMap(({ model }) => model ?? []),
      ],
      visibility,
    );
    const nodes = readableNodes({
      nodes: found,
      edges,
      roots,
      behind,
      mayRead: model => visibility === undefined || known.has(modelKey(model)),
    });
    const readable = new Set(nodes.map(node => node.key));
    const rank = new Map(keys.map((key, index) => [key, index]));
    return {
      nodes: nodes.sort(
        (a, b) => (rank.get(a.key) ?? 0) - (rank.get(b.key) ?? 0),
      ),
      edges: edges.filter(
        ({ from, to }) => readable.has(from) && readable.has(to),
      ),
      models: known,
      truncated:
        truncated ||
        (up.truncated && !goesBeyond(steps.up, depth)) ||
        (down.truncated && !goesBeyond(steps.down, depth)) ||
        all.length > keys.length ||
        nodes.length < found.length,
    };
  }
}

/** The key of a model in what ModelsService looks up. */
function modelKey(model: { source: string; name: string }): string {
  return JSON.stringify([model.source, model.name]);
}

function toNode(node: StoredNode, models: Reach['models']): LineageNode {
  return {
    id: node.id,
    kind: node.kind,
    name: node.name,
    version: node.version,
    failed: node.failed,
    entityRef:
      node.entityRef ??
      (node.model && models.get(modelKey(node.model))?.entityRef) ??
      null,
  };
}

/** A dataset of which only versions are known. */
function withoutVersion(
  node: StoredNode | undefined,
  family: { key: string; id: string },
): StoredNode | undefined {
  return node && { ...node, ...family, version: null };
}

/** Whether the walk came further than it had to, so that it left out nothing that was asked for. */
function goesBeyond(steps: Map<string, number>, depth: number): boolean {
  return [...steps.values()].some(distance => distance > depth);
}
