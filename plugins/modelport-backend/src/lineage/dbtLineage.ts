import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { GraphPart } from './lineageEdges';
import { datasetNode, jobNode, NodeToWrite } from './lineageNodes';
import { namedVersion } from './namedVersion';

const text = z.string().min(1).max(2_000);

const version = z.looseObject({ source: text, name: text, version: text });

const node = z.looseObject({
  resource_type: z.string(),
  database: z.string().nullish(),
  schema: z.string().nullish(),
  name: text,
  alias: z.string().nullish(),
  identifier: z.string().nullish(),
  depends_on: z.looseObject({ nodes: z.array(z.string()).nullish() }).nullish(),
  meta: z.looseObject({ modelport: version.nullish() }).nullish(),
});

const manifest = z.looseObject({
  metadata: z.looseObject({
    dbt_schema_version: z.string().regex(/\/dbt\/manifest\/v\d+\.json$/),
    project_name: z.string().nullish(),
    project_id: z.string().nullish(),
    adapter_type: z.string().nullish(),
  }),
  nodes: z.record(z.string(), node),
  sources: z.record(z.string(), node).nullish(),
  exposures: z.record(z.string(), node).nullish(),
});

/** Resources of dbt that make a table. */
const MAKES = ['model', 'seed', 'snapshot'];

/**
 * What a `manifest.json` of dbt says: of which tables each table is made, by the job that is its model. Tables are named
 * `<database>.<schema>.<table>` as OpenLineage does, so that they are those of its events. An exposure whose `meta` holds
 * `modelport: {source, name, version}` is that version of a model.
 *
 * @param namespace - where the tables are; the kind of database unless given, which the manifest says.
 * @throws `InputError` where it is no manifest of dbt; `OddVersionError` where it names a version that there cannot be.
 */
export function dbtLineage(
  content: unknown,
  namespace: string | undefined,
): { project: string; part: GraphPart } {
  const result = manifest.safeParse(content);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new InputError(
      `It is no manifest.json of dbt, at ${issue.path.join('.')}: ${
        issue.message
      }. Nothing was kept.`,
    );
  }
  const { metadata, nodes, sources, exposures } = result.data;
  const project = metadata.project_name ?? metadata.project_id ?? 'dbt';
  const part = new GraphPart();
  const tables = new Map<string, NodeToWrite>();
  const where = namespace ?? metadata.adapter_type ?? 'dbt';
  for (const [id, of] of Object.entries({ ...sources, ...nodes })) {
    if (of.resource_type === 'source' || MAKES.includes(of.resource_type)) {
      const name = [
        of.database,
        of.schema,
        of.identifier ?? of.alias ?? of.name,
      ];
      tables.set(
        id,
        datasetNode({
          namespace: where,
          name: name.filter(Boolean).join('.'),
          version: null,
        }),
      );
    }
  }
  for (const [id, of] of Object.entries(nodes)) {
    const made = tables.get(id);
    if (made) {
      const job = jobNode({ namespace: `dbt/${project}`, name: id });
      part.connect(job, 'output', made);
      inputsOf(of).forEach(input => {
        const table = tables.get(input);
        if (table) {
          part.connect(table, 'input', job);
        }
      });
    }
  }
  for (const [id, of] of Object.entries(exposures ?? {})) {
    const model =
      of.meta?.modelport &&
      namedVersion(of.meta.modelport, `exposures.${id}.meta.modelport`);
    for (const input of model ? inputsOf(of) : []) {
      const table = tables.get(input);
      if (table && model) {
        part.connect(table, 'input', model);
      }
    }
  }
  return { project, part };
}

function inputsOf(of: z.infer<typeof node>): string[] {
  return of.depends_on?.nodes ?? [];
}
