import { Dataset } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { DatasetInput } from '../answers';
import { withoutCredentials } from './withoutCredentials';

const sourceSchema = z.object({
  uri: z.string().optional(),
  url: z.string().optional(),
  path: z.string().optional(),
  delta_table_name: z.string().optional(),
  table: z.string().optional(),
  // Of a dataset that was made in memory: the code that made it.
  tags: z.object({ 'mlflow.source.name': z.string().optional() }).optional(),
});

const profileSchema = z.object({ num_rows: z.number().int().min(0) });

/** Datasets as MLflow logged them with a run; source and profile are JSON in strings of whatever shape. */
export function mapDatasets(inputs: DatasetInput[]): Dataset[] {
  return inputs.map(({ dataset, tags }) => ({
    name: dataset.name,
    digest: dataset.digest || null,
    context: tags['mlflow.data.context'] || null,
    source: readSource(dataset.source),
    rows: readRows(dataset.profile),
  }));
}

function readSource(text: string | undefined): string | null {
  const source = sourceSchema.safeParse(parseJson(text));
  if (!source.success) {
    return null;
  }
  const { uri, url, path, delta_table_name: delta, table, tags } = source.data;
  const address = uri || url || path || delta || table;
  if (address) {
    return withoutCredentials(address);
  }
  const code = tags?.['mlflow.source.name'];
  // Said so that nobody takes the code's path for that of the data.
  return code ? `code: ${withoutCredentials(code)}` : null;
}

function readRows(text: string | undefined): number | null {
  const profile = profileSchema.safeParse(parseJson(text));
  return profile.success ? profile.data.num_rows : null;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}
