import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { ensureVenv } from '../stack/ensureVenv.ts';

const DEADLINE_MS = 60_000;
/** Schemas as their makers publish them, of one state each. They are fetched: neither may be passed on. */
const PUBLISHED = {
  'pipeline-definition.schema.json': {
    url: 'https://raw.githubusercontent.com/aws-sagemaker-mlops/sagemaker-model-building-pipeline-definition-JSON-schema/b4012b0aa4474afdc6ef3d0409d17d0049dfcd85/schema/pipeline-definition.schema.json',
    sha256: '35633f4376dda695d1847bd16d72d3b3d9201f0106e75107eafbeef11ef5ce30',
  },
  'jsonschema.json': {
    url: 'https://raw.githubusercontent.com/databricks/cli/v1.13.0/bundle/schema/jsonschema.json',
    sha256: 'e9d3a73f1e02461b0fb9e88b8c487134025b7d2abe45ef736260e842d90b522c',
  },
};

/**
 * Holds pipelines of SageMaker and bundles of Databricks to their published schemas. Where GitHub can't be asked,
 * `MODELPORT_PUBLISHED_SCHEMAS` names a folder that has both files.
 *
 * @throws `Error` that names each file and what the schema says of it, or the schema that could not be had.
 */
export async function checkPublishedSchemas(
  repositories: string[],
): Promise<void> {
  const { python } = await ensureVenv('clouds');
  const isPipeline = await validator('pipeline-definition.schema.json');
  const isBundle = await validator('jsonschema.json');
  const problems = repositories.flatMap(repository => [
    ...pipelinesOf(repository).flatMap(path =>
      isPipeline(path, definitionOf(python, path)),
    ),
    ...bundlesOf(repository).flatMap(path =>
      isBundle(path, parse(readFileSync(path, 'utf8'))),
    ),
  ]);
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
}

/** Gives what a schema says of the content of a file; nothing where it fits. */
async function validator(
  name: keyof typeof PUBLISHED,
): Promise<(path: string, content: unknown) => string[]> {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const { $schema: _draft, ...schema } = JSON.parse(await schemaText(name));
  const validate = ajv.compile(schema);
  return (path, content) =>
    validate(content)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message }) => `${path}${instancePath}: ${message}`,
        );
}

async function schemaText(name: keyof typeof PUBLISHED): Promise<string> {
  const { url, sha256 } = PUBLISHED[name];
  const folder = process.env.MODELPORT_PUBLISHED_SCHEMAS;
  const text = folder
    ? await readFile(join(folder, name), 'utf8')
    : await fetched(url);
  const found = createHash('sha256').update(text).digest('hex');
  if (found !== sha256) {
    throw new Error(
      `${
        folder ? join(folder, name) : url
      } has the SHA-256 ${found}, not ${sha256}`,
    );
  }
  return text;
}

async function fetched(url: string): Promise<string> {
  const answer = await fetch(url, {
    signal: AbortSignal.timeout(DEADLINE_MS),
  }).catch(cause => {
    throw new Error(`${url} could not be asked`, { cause });
  });
  if (!answer.ok) {
    throw new Error(`${url} answered ${answer.status}`);
  }
  return answer.text();
}

function pipelinesOf(repository: string): string[] {
  const path = join(repository, 'targets/sagemaker/pipeline.py');
  return existsSync(path) ? [path] : [];
}

function definitionOf(python: string, path: string): unknown {
  return JSON.parse(
    execFileSync(
      python,
      [join(import.meta.dirname, 'clouds.py'), '--definition', path],
      { encoding: 'utf8' },
    ),
  );
}

function bundlesOf(repository: string): string[] {
  const folder = join(repository, 'targets/databricks');
  return existsSync(folder)
    ? [
        join(repository, 'databricks.yml'),
        ...readdirSync(folder)
          .filter(each => each.endsWith('.yml'))
          .map(each => join(folder, each)),
      ]
    : [];
}
