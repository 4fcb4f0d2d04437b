import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { datasetLocation } from './datasetLocation';
import { GraphPart } from './lineageEdges';
import { datasetNode, featureNode, NodeToWrite } from './lineageNodes';
import { namedVersion } from './namedVersion';

const text = z.string().min(1).max(2_000);

const table = z.looseObject({ table: z.string().nullish() });

const dataSource = z.looseObject({
  name: z.string().nullish(),
  fileOptions: z.looseObject({ uri: z.string().nullish() }).nullish(),
  bigqueryOptions: table.nullish(),
  redshiftOptions: table.nullish(),
  snowflakeOptions: table.nullish(),
  trinoOptions: table.nullish(),
  sparkOptions: table.nullish(),
});

const columns = z.array(z.looseObject({ name: text }));

const projection = z.looseObject({
  featureViewName: text,
  featureColumns: columns.nullish(),
});

const view = z.looseObject({
  spec: z.looseObject({
    name: text,
    features: columns.nullish(),
    batchSource: dataSource.nullish(),
    streamSource: dataSource.nullish(),
    sources: z
      .record(
        z.string(),
        z.looseObject({ featureViewProjection: projection.nullish() }),
      )
      .nullish(),
  }),
});

const registry = z.looseObject({
  project: z.string().nullish(),
  projects: z
    .array(z.looseObject({ spec: z.looseObject({ name: text }).nullish() }))
    .nullish(),
  featureViews: z.array(view).nullish(),
  streamFeatureViews: z.array(view).nullish(),
  onDemandFeatureViews: z.array(view).nullish(),
  featureServices: z
    .array(
      z.looseObject({
        spec: z.looseObject({
          name: text,
          features: z.array(projection).nullish(),
          tags: z.record(z.string(), z.string()).nullish(),
        }),
      }),
    )
    .nullish(),
});

/** Tag of a feature service that names the version of a model it serves: `<source>/<name>/<version>`, URL-encoded parts. */
const VERSION_TAG = 'modelport.version';

/**
 * What the JSON of a Feast registry says (`feast registry-dump`): from which tables and files features come, and which
 * feature service holds them. A feature service is the dataset `<name>` of the namespace `feast://<project>`.
 *
 * @param namespace - where tables are that the registry names without a server; by themselves unless given.
 * @throws `InputError` where it is no registry of Feast; `OddVersionError` where it names a version that there cannot be.
 */
export function feastLineage(
  content: unknown,
  namespace: string | undefined,
): { project: string; part: GraphPart } {
  const result = registry.safeParse(content);
  const said = result.data;
  const project = said?.project ?? said?.projects?.[0]?.spec?.name;
  if (!said || !project || !(said.featureViews ?? said.featureServices)) {
    const issue = result.error?.issues[0];
    throw new InputError(
      `It is no registry of Feast as JSON${
        issue
          ? `, at ${issue.path.join('.')}: ${issue.message}`
          : ': expected a project with feature views or services'
      }. Nothing was kept.`,
    );
  }
  const part = new GraphPart();
  const home = `feast://${project}`;
  const feature = (name: string, field: string) =>
    featureNode({ namespace: home, name, field });
  for (const { spec } of [
    ...(said.featureViews ?? []),
    ...(said.streamFeatureViews ?? []),
  ]) {
    const sources = [spec.batchSource, spec.streamSource].flatMap(
      source => (source && sourceNode(source, { home, namespace })) ?? [],
    );
    for (const { name } of spec.features ?? []) {
      sources.forEach(source =>
        part.connect(source, 'column', feature(spec.name, name)),
      );
    }
  }
  for (const { spec } of said.onDemandFeatureViews ?? []) {
    const inputs = Object.values(spec.sources ?? {}).flatMap(source =>
      featuresOf(source.featureViewProjection),
    );
    for (const { name } of spec.features ?? []) {
      for (const input of inputs) {
        part.connect(
          feature(input.view, input.name),
          'column',
          feature(spec.name, name),
        );
      }
    }
  }
  for (const [index, { spec }] of (said.featureServices ?? []).entries()) {
    const service = part.add(
      datasetNode({ namespace: home, name: spec.name, version: null }),
    );
    for (const input of (spec.features ?? []).flatMap(featuresOf)) {
      part.connect(feature(input.view, input.name), 'column', service);
    }
    const served = versionOfTag(
      spec.tags?.[VERSION_TAG],
      `featureServices.${index}.spec.tags.${VERSION_TAG}`,
    );
    if (served) {
      part.connect(service, 'input', served);
    }
  }
  return { project, part };
}

function featuresOf(of: z.infer<typeof projection> | null | undefined) {
  return (of?.featureColumns ?? []).map(({ name }) => ({
    view: of?.featureViewName ?? '',
    name,
  }));
}

function sourceNode(
  source: z.infer<typeof dataSource>,
  options: { home: string; namespace: string | undefined },
): NodeToWrite | undefined {
  const file = datasetLocation(source.fileOptions?.uri);
  if (file) {
    return file;
  }
  const name =
    source.bigqueryOptions?.table ??
    source.redshiftOptions?.table ??
    source.snowflakeOptions?.table ??
    source.trinoOptions?.table ??
    source.sparkOptions?.table;
  if (name && options.namespace !== undefined) {
    return datasetNode({ namespace: options.namespace, name, version: null });
  }
  const own = name || source.fileOptions?.uri || source.name;
  return own
    ? datasetNode({ namespace: options.home, name: own, version: null })
    : undefined;
}

function versionOfTag(
  tag: string | undefined,
  path: string,
): NodeToWrite | undefined {
  const parts = (tag ?? '').split('/').map(part => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  const [source, name, version] = parts;
  return parts.length === 3 && parts.every(Boolean)
    ? namedVersion({ source, name, version }, path)
    : undefined;
}
