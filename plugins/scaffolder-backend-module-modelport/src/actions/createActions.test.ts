import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { createActions } from './createActions';

const config = mockServices.rootConfig();
const ACTIONS = createActions({
  auth: mockServices.auth(),
  catalog: catalogServiceMock.mock(),
  config,
  discovery: mockServices.discovery(),
  integrations: ScmIntegrations.fromConfig(config),
  scaffolder: { listActions: async () => [] },
});

interface JsonSchema {
  description?: string;
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
}
const steps = z.object({
  steps: z.array(
    z.object({
      action: z.string(),
      input: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

/** What of a schema has no description: every property, and those of lists of objects. */
function undescribed(schema: JsonSchema | undefined, path: string): string[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, part]) => [
    ...(part.description ? [] : [`${path}.${name}`]),
    ...undescribed(part, `${path}.${name}`),
    ...undescribed(part.items, `${path}.${name}`),
  ]);
}

function schemasOf({ schema }: TemplateAction): {
  input?: JsonSchema;
  output?: JsonSchema;
} {
  return JSON.parse(JSON.stringify(schema ?? {}));
}

describe('the actions', () => {
  it('have a file and a test each', () => {
    const files = readdirSync(__dirname);
    const actions = files.filter(name => /^create\w+Action\.ts$/.test(name));
    expect(actions).toHaveLength(ACTIONS.length);
    for (const name of actions) {
      expect(files).toContain(name.replace(/\.ts$/, '.test.ts'));
    }
  });

  it.each(ACTIONS.map(action => [action.id, action] as const))(
    '%s describes itself, every input and every output',
    (id, action) => {
      expect(action.description).toMatch(/^[A-Z].*\.$/s);
      const { input, output } = schemasOf(action);
      expect([
        ...undescribed(input, 'input'),
        ...undescribed(output, 'output'),
      ]).toEqual([]);
      expect(id).toMatch(/^modelport:[a-z]+:[a-z]+$/);
    },
  );

  it.each(ACTIONS.map(action => [action.id, action] as const))(
    '%s has an example with what it asks for and nothing else',
    (id, action) => {
      const { input } = schemasOf(action);
      expect(action.examples?.length).toBeGreaterThan(0);
      for (const { description, example } of action.examples ?? []) {
        expect(description).not.toBe('');
        const [step] = steps.parse(parse(example)).steps;
        expect(step.action).toBe(id);
        const given = Object.keys(step.input ?? {});
        expect(Object.keys(input?.properties ?? {})).toEqual(
          expect.arrayContaining(given),
        );
        expect(given).toEqual(expect.arrayContaining(input?.required ?? []));
      }
    },
  );

  it('can be tried dry, but for those that have nothing to say without doing it', () => {
    const wet = ACTIONS.filter(({ supportsDryRun }) => !supportsDryRun);
    expect(wet.map(({ id }) => id).sort()).toEqual([
      'modelport:catalog:await',
      'modelport:promotion:request',
      'modelport:task:cleanup',
    ]);
  });

  it('are the ones that README.md lists', () => {
    const text = readFileSync(join(__dirname, '../../README.md'), 'utf8');
    const listed = [...text.matchAll(/^\| `(modelport:[a-z:]+)`/gm)];
    expect(listed.map(([, id]) => id).sort()).toEqual(
      ACTIONS.map(({ id }) => id).sort(),
    );
  });
});
