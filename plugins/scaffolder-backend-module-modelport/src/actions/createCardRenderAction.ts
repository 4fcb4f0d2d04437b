import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  cardBody,
  writeHuggingFaceCard,
} from '@modelport/plugin-modelport-common';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { example } from './examples';

const ID = 'modelport:card:render';
const FILE = 'docs/model-card.md';

/** Writes a model card as people read and write one. */
export function createCardRenderAction() {
  return createTemplateAction({
    id: ID,
    description: `Writes ${FILE}, a model card in Markdown with Hugging Face's front matter, from the fields that the portal's cards have.`,
    supportsDryRun: true,
    examples: [
      example('A card for a repository', ID, {
        targetPath: 'repository',
        name: 'credit-risk',
        fields: {
          purpose: 'Fewer credits that are not repaid.',
          outOfScopeUse: 'Decisions that nobody can contest.',
          owners: ['group:default/risk-analytics'],
        },
      }),
    ],
    schema: {
      input: {
        targetPath: z =>
          z
            .string({
              description: 'Folder of the repository in the workspace',
            })
            .optional(),
        name: z => z.string({ description: 'What the model is called' }),
        fields: z =>
          z.record(z.any(), {
            description:
              'Fields of a card by their names, such as purpose, intendedUse, outOfScopeUse, limitations, owners',
          }),
      },
      output: {
        file: z => z.string({ description: 'Path of the card' }),
        notHeld: z =>
          z.array(z.string(), {
            description: 'Fields for which Markdown has no place',
          }),
      },
    },
    async handler(ctx) {
      const body = cardBody.safeParse(ctx.input.fields);
      if (!body.success) {
        throw new InputError(
          `fields: ${body.error.issues
            .map(({ path, message }) => `${path.join('.')}: ${message}`)
            .join('. ')}`,
        );
      }
      const card = writeHuggingFaceCard(body.data, { name: ctx.input.name });
      const file = resolveSafeChildPath(
        resolveSafeChildPath(ctx.workspacePath, ctx.input.targetPath ?? '.'),
        FILE,
      );
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, card.text);
      ctx.output('file', FILE);
      ctx.output('notHeld', [...card.notHeld]);
    },
  });
}
