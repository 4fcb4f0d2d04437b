import {
  createApiRef,
  DiscoveryApi,
  FetchApi,
} from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

const gate = z.object({
  metric: z.string(),
  rule: z.enum(['at_least', 'at_most']),
  value: z.number(),
});
const task = z.object({
  metrics: z.array(z.string()),
  gates: z.array(gate),
  /** Names, in lower case, that no feature of a person's sample may have. */
  reserved: z.array(z.string()),
});
const hosts = z.object({
  hosts: z.array(
    z.object({
      host: z.string(),
      type: z.enum(['own', 'github', 'gitlab', 'azure', 'gitea']),
      title: z.string(),
      owner: z.string().nullable(),
      project: z.string().nullable(),
      visibilities: z.array(z.enum(['private', 'internal', 'public'])),
      missing: z.string().nullable(),
    }),
  ),
});
const preview = z.object({
  files: z.array(z.object({ path: z.string(), bytes: z.number() })),
  content: z.string().nullable(),
});

/** A bound that a version has to keep to. */
export type Gate = z.infer<typeof gate>;
export type TaskFacts = z.infer<typeof task>;
export type Preview = z.infer<typeof preview>;

/** A git host on which repositories can be made; `missing` names the package that it lacks. */
export type GitHost = z.infer<typeof hosts>['hosts'][number];

/** What the form of "New ML model" asks the scaffolder's module while it is filled in. */
export interface FormApi {
  task(name: string): Promise<TaskFacts>;
  /** On which git hosts a repository can be made. */
  hosts(): Promise<GitHost[]>;
  /** The files that answers make, and the content of one. */
  preview(answers: unknown, path?: string): Promise<Preview>;
}

/** What a person answered, without what the form keeps beside it. */
export function answersOf(
  formData: Record<string, unknown> = {},
): Record<string, unknown> {
  const { preview: _, ...answers } = formData;
  return answers;
}

export const formApiRef = createApiRef<FormApi>({
  id: 'plugin.modelport.form',
});

export function createFormApi(deps: {
  discoveryApi: DiscoveryApi;
  fetchApi: FetchApi;
}): FormApi {
  async function ask(path: string, body?: unknown): Promise<unknown> {
    const url = await deps.discoveryApi.getBaseUrl('scaffolder');
    const answer = await deps.fetchApi.fetch(`${url}/modelport/${path}`, {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!answer.ok) {
      throw await ResponseError.fromResponse(answer);
    }
    return answer.json();
  }
  return {
    hosts: async () => hosts.parse(await ask('hosts')).hosts,
    task: async name => task.parse(await ask(`tasks/${name}`)),
    preview: async (answers, path) =>
      preview.parse(await ask('preview', { answers, path })),
  };
}
