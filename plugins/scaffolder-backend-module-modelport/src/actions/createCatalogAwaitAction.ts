import { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { setTimeout } from 'node:timers/promises';
import { example } from './examples';

const ID = 'modelport:catalog:await';
const LOOKS_AGAIN_MS = 500;
const SECONDS = 60;

/** Waits until the catalog has taken over what was registered, so that a link to it leads somewhere. */
export function createCatalogAwaitAction({
  catalog,
}: {
  catalog: CatalogService;
}) {
  return createTemplateAction({
    id: ID,
    description:
      'Waits until an entity that was registered stands in the catalog, so that a link to it leads somewhere. One that takes longer is no failure: the catalog goes on by itself.',
    examples: [
      example('Wait for the model', ID, {
        entityRef: 'resource:default/credit-risk',
      }),
    ],
    schema: {
      input: {
        entityRef: z => z.string({ description: 'Reference of the entity' }),
        seconds: z =>
          z
            .number({
              description: 'How long to wait at most; a minute by default',
            })
            .min(0)
            .max(600)
            .optional(),
      },
      output: {
        found: z =>
          z.boolean({ description: 'Whether it stands in the catalog' }),
      },
    },
    async handler(ctx) {
      const { entityRef, seconds = SECONDS } = ctx.input;
      const credentials = await ctx.getInitiatorCredentials();
      const end = Date.now() + seconds * 1000;
      const find = () => catalog.getEntityByRef(entityRef, { credentials });
      let entity = await find();
      while (!entity && Date.now() < end && !ctx.signal?.aborted) {
        await setTimeout(LOOKS_AGAIN_MS);
        entity = await find();
      }
      if (!entity) {
        ctx.logger.warn(
          `${entityRef} is not in the catalog after ${seconds} s; it comes once the catalog has read it.`,
        );
      }
      ctx.output('found', entity !== undefined);
    },
  });
}
