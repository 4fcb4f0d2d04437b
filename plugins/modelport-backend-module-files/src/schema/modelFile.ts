import { monitorDefinition } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { link, prose, text, time } from './scalars';
import { traffic } from './traffic';
import { inlineVersionSchema } from './versionFile';

/** The monitor is checked by the portal, which says what is wrong with it beside the model; editors check it here. */
const { $schema: _draft, ...monitorSchema } = z.toJSONSchema(
  monitorDefinition,
  { io: 'input' },
);

/** A `modelport.yaml`. */
export const modelFileSchema = z
  .strictObject({
    name: text.describe('Name of the model, unique in its source.'),
    description: prose
      .nullish()
      .describe('What it is for and what not. Markdown.'),
    owner: text
      .nullish()
      .describe(
        'Entity of the owner in the catalog, such as group:default/risk-analytics.',
      ),
    system: text
      .nullish()
      .describe('System in the catalog that the model is a part of.'),
    lifecycle: text
      .nullish()
      .describe('Such as experimental, production or deprecated.'),
    task: text
      .nullish()
      .describe(
        'Such as binary, multiclass, regression, forecasting, ranking or matching.',
      ),
    framework: text
      .nullish()
      .describe(
        'Such as xgboost or sklearn; where absent, the model files tell.',
      ),
    riskTier: z
      .enum(['low', 'medium', 'high'], {
        error: 'expected low, medium or high',
      })
      .nullish()
      .describe(
        'Proposed risk tier; it counts once someone who may has confirmed it in the portal.',
      ),
    mainMetric: text.nullish().describe('The metric that counts.'),
    createdAt: time
      .nullish()
      .describe(
        'When the model was first registered: a day, or a time with Z or an offset.',
      ),
    tags: z
      .record(text, prose.meta({ type: ['string', 'number', 'boolean'] }))
      .nullish()
      .describe('Tags of the model.'),
    aliases: z
      .record(text, text)
      .nullish()
      .describe('Version by alias, such as champion: 2.'),
    traffic,
    promotions: z
      .record(z.string(), z.unknown())
      .nullish()
      .describe(
        'What the model asks of its own promotions besides the policy of the portal: gates, approvals, and both by environment. Only what is stricter counts.',
      ),
    monitor: z
      .record(z.string(), z.unknown())
      .nullish()
      .meta({
        ...monitorSchema,
        description:
          'What the portal computes of the data that the model met: a reference, and windows of time that are compared with it.',
      }),
    links: z.array(link).nullish().describe('Pages of the model elsewhere.'),
    versions: z
      .array(inlineVersionSchema)
      .nullish()
      .describe(
        'Versions, where they do not have a folder with a version.yaml each.',
      ),
  })
  .superRefine((model, context) => {
    const seen = new Set<string>();
    for (const [index, { version }] of (model.versions ?? []).entries()) {
      if (seen.has(version)) {
        context.addIssue({
          code: 'custom',
          path: ['versions', index, 'version'],
          message: `version ${version} is there twice`,
        });
      }
      seen.add(version);
    }
  })
  .meta({ title: 'A model in Modelport (modelport.yaml)' });

export type ModelFile = z.output<typeof modelFileSchema>;
