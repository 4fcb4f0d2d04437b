import { LineageKind } from '@modelport/plugin-modelport-common';
import { hash } from 'node:crypto';
import { nullable, storable } from '../models/storable';

/** A node as it is written. Everything in it follows from its id, so that it does not matter who writes it first. */
export interface NodeToWrite {
  /** What the graph is joined by; see {@link keyOf}. */
  key: string;
  /** Readable and stable; see the naming rules in the README. */
  id: string;
  kind: LineageKind;
  name: string;
  version: string | null;
  entityRef: string | null;
  /** Key of the same dataset without a version; null for other kinds. */
  family: string | null;
  /** The model without which nobody may read the node. */
  model: { source: string; name: string } | null;
}

/** Ids are asked for in a query parameter, which takes no more than 3,000 characters. */
const MAX_ID = 2900;

/** Where MLflow's datasets live, which have a name and a digest only. */
export const MLFLOW_NAMESPACE = 'mlflow';

/** The key of a node by its id: 128 bits of SHA-256, since an index of PostgreSQL cannot hold long ids. */
export function keyOf(id: string): string {
  return hash('sha256', id, 'hex').slice(0, 32);
}

/**
 * A dataset by namespace and name as in OpenLineage, with its version where one is known:
 * `dataset:<namespace>/<name>@<version>`. Characters that Marquez replaces in a namespace are replaced here as well.
 */
export function datasetNode(dataset: {
  namespace: string;
  name: string;
  version: string | null;
}): NodeToWrite {
  const namespace = marquezNamespace(dataset.namespace);
  const family = idOf('dataset', namespace, dataset.name);
  return node('dataset', {
    id:
      dataset.version === null
        ? family
        : shortened(
            `dataset:${part(namespace)}/${part(dataset.name)}@${part(
              dataset.version,
            )}`,
          ),
    name: dataset.name,
    version: dataset.version,
    family: keyOf(family),
  });
}

/** A column of a dataset: `feature:<namespace>/<dataset>/<field>`. */
export function featureNode(feature: {
  namespace: string;
  name: string;
  field: string;
}): NodeToWrite {
  return node('feature', {
    id: idOf(
      'feature',
      marquezNamespace(feature.namespace),
      feature.name,
      feature.field,
    ),
    name: feature.field,
  });
}

/** A job of OpenLineage: `job:<namespace>/<name>`. */
export function jobNode(job: { namespace: string; name: string }): NodeToWrite {
  return node('job', {
    id: idOf('job', marquezNamespace(job.namespace), job.name),
    name: job.name,
  });
}

/**
 * A run: `run:<id>`. A UUID and MLflow's 32 hexadecimal digits are the same id wherever they come from; any other id
 * counts within its scope only, a source or `openlineage`.
 */
export function runNode(runId: string, scope: string): NodeToWrite {
  const digits = runId.replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(digits)
    ? node('run', { id: `run:${digits}`, name: digits })
    : node('run', { id: idOf('run', scope, runId), name: runId });
}

/** A state of a repository: `code:<repository>@<commit>`; see {@link cleanRepository}. */
export function codeNode(code: {
  repository: string;
  commit: string | null;
}): NodeToWrite {
  const repository = cleanRepository(code.repository);
  const commit = code.commit?.trim().toLowerCase() || null;
  const id = `code:${part(repository)}${commit ? `@${part(commit)}` : ''}`;
  return node('code', {
    id: shortened(id),
    name: repository,
    version: commit,
  });
}

/** A version of a model: `version:<source>/<name>/<version>`. */
export function versionNode(of: {
  source: string;
  name: string;
  version: string;
}): NodeToWrite {
  return node('version', {
    id: idOf('version', of.source, of.name, of.version),
    name: of.name,
    version: of.version,
    model: { source: of.source, name: of.name },
  });
}

/** A model in an environment: `deployment:<source>/<name>/<environment>`. */
export function deploymentNode(of: {
  source: string;
  name: string;
  environment: string;
}): NodeToWrite {
  return node('deployment', {
    id: idOf('deployment', of.source, of.name, of.environment),
    name: of.environment,
    model: { source: of.source, name: of.name },
  });
}

/** An entity of the catalog that uses a model: `consumer:<entity ref>`. */
export function consumerNode(entityRef: string): NodeToWrite {
  const ref = entityRef.toLowerCase();
  return node('consumer', {
    id: idOf('consumer', ref),
    name: ref,
    entityRef: ref,
  });
}

/**
 * The address of a repository as everybody writes it: without credentials, query and `.git`, `git@host:path` as
 * `https://host/path`, the host in lower case.
 */
export function cleanRepository(repository: string): string {
  const plain = repository
    .trim()
    .replace(/^git\+/, '')
    .replace(/^(?:ssh:\/\/)?[\w.-]+@([\w.-]+)[:/](?!\/)/, 'https://$1/');
  try {
    const { protocol, host, pathname } = new URL(plain);
    const path = host === '' ? withoutCredentials(pathname) : pathname;
    return `${protocol}//${host}${path}`.replace(/(?:\.git)?\/*$/, '');
  } catch {
    return withoutCredentials(plain).replace(/(?:\.git)?\/*$/, '');
  }
}

/** What stands before an `@` where a host may be, as in `scm:git:https://user:secret@host/path`. */
function withoutCredentials(address: string): string {
  return address.replace(/(^|\/\/)[^/@]*@(?=[^/]+\/)/, '$1');
}

function node(
  kind: LineageKind,
  of: { id: string; name: string } & Partial<NodeToWrite>,
): NodeToWrite {
  return {
    key: keyOf(of.id),
    kind,
    entityRef: null,
    family: null,
    model: null,
    ...of,
    name: storable(of.name),
    version: nullable(of.version ?? null),
  };
}

function idOf(kind: LineageKind, ...parts: string[]): string {
  return shortened(`${kind}:${parts.map(part).join('/')}`);
}

/** Whether an id was too long, so that it does not hold all of the names that it is made of. */
export function isShortened(id: string): boolean {
  return id.length === MAX_ID;
}

/** An id that is too long ends in a digest of the whole; only such ids are of that length, so that no other is like it. */
function shortened(id: string): string {
  return id.length < MAX_ID ? id : `${id.slice(0, MAX_ID - 33)}~${keyOf(id)}`;
}

function part(text: string): string {
  return encodeURIComponent(storable(text));
}

/** As Marquez's `formatNamespaceName`. */
function marquezNamespace(namespace: string): string {
  return namespace.trim().replace(/[^a-z:/A-Z0-9\-_.@+]/g, '_');
}
