import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { z as zod } from 'zod';
import { refusalOf } from '../refusalOf';
import { example } from './examples';

const ID = 'modelport:promotion:request';
const promotion = zod.object({ id: zod.string(), state: zod.string() });

/** Asks for the promotion of a version, in the name of who started the task. */
export function createPromotionRequestAction({
  auth,
  discovery,
}: {
  auth: AuthService;
  discovery: DiscoveryService;
}) {
  return createTemplateAction({
    id: ID,
    description:
      'Asks for a version of a model to be brought into an environment, in the name of who started the task. People decide on it, and never who asked.',
    examples: [
      example('Ask for production', ID, {
        source: 'mlflow',
        name: 'credit-risk',
        version: '3',
        environment: 'production',
        reason: 'Better on the newest quarter.',
      }),
    ],
    schema: {
      input: {
        source: z => z.string({ description: 'Id of the Modelport source' }),
        name: z => z.string({ description: 'Name of the model' }),
        version: z => z.string({ description: 'The version' }),
        environment: z => z.string({ description: 'Such as production' }),
        reason: z => z.string({ description: 'Why, for who decides' }),
      },
      output: {
        id: z => z.string({ description: 'Id of the promotion' }),
        state: z => z.string({ description: 'Its state, such as in_review' }),
      },
    },
    async handler(ctx) {
      const { source, name, version, environment, reason } = ctx.input;
      const asked = await ctx.checkpoint({
        key: `promotion.${source}.${name}.${version}.${environment}`,
        fn: async () => {
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf: await ctx.getInitiatorCredentials(),
            targetPluginId: 'modelport',
          });
          const url = await discovery.getBaseUrl('modelport');
          const answer = await fetch(`${url}/v1/promotions`, {
            method: 'POST',
            headers: {
              authorization: `Bearer ${token}`,
              'content-type': 'application/json',
            },
            body: JSON.stringify({
              source,
              name,
              version,
              environment,
              reason,
            }),
          });
          if (!answer.ok) {
            throw await refusalOf(
              `The promotion of ${name} ${version} to ${environment}`,
              answer,
            );
          }
          return promotion.parse(await answer.json());
        },
      });
      ctx.output('id', asked.id);
      ctx.output('state', asked.state);
    },
  });
}
