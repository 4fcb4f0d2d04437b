import { createHmac, timingSafeEqual } from 'node:crypto';
import { AuthenticationError, InputError } from '@backstage/errors';
import { z } from 'zod';

const TOLERANCE_S = 5 * 60;

const payloadSchema = z.object({
  entity: z.string(),
  action: z.string(),
  workspace: z.string().optional(),
  data: z.object({ name: z.string().min(1).optional() }).prefault({}),
});

/** Entities of MLflow that are about a registered model. */
const ABOUT_MODELS = new Set([
  'registered_model',
  'registered_model_tag',
  'registered_model_alias',
  'model_version',
  'model_version_tag',
  'model_version_alias',
]);

/**
 * Checks a delivery of MLflow's webhooks: `X-MLflow-Signature` is `v1,` and the base64 HMAC-SHA256 over
 * `<delivery id>.<timestamp>.<raw body>`, so the id and the time are signed too. It holds for five minutes before and
 * after its time.
 *
 * @returns the models it is about; none for events that concern no model of this workspace
 */
export function readWebhook(options: {
  headers: Record<string, string | undefined>;
  body: Buffer;
  secret: string;
  workspace: string | undefined;
  now: number;
}): { deliveryId: string; models: string[] } {
  const { body, secret, workspace, now } = options;
  const headers = new Map(
    Object.entries(options.headers).map(([key, value]) => [
      key.toLowerCase(),
      value,
    ]),
  );
  const deliveryId = headers.get('x-mlflow-delivery-id');
  const timestamp = headers.get('x-mlflow-timestamp');
  const signature = headers.get('x-mlflow-signature');
  if (!deliveryId || !timestamp || !signature) {
    throw new AuthenticationError(
      'The webhook is not signed: expected X-MLflow-Delivery-Id, X-MLflow-Timestamp and X-MLflow-Signature; nothing was changed',
    );
  }
  // Without dots, what is signed can be cut in one place only, so that one delivery can't pass for one of another id.
  if (!/^[\w-]{1,200}$/.test(deliveryId)) {
    throw new AuthenticationError(
      'X-MLflow-Delivery-Id is none of MLflow: expected up to 200 letters, digits, - and _; nothing was changed',
    );
  }
  if (!isSigned({ deliveryId, timestamp, body, secret, signature })) {
    throw new AuthenticationError(
      'The signature of the webhook is not right; nothing was changed',
    );
  }
  if (
    !/^\d{1,12}$/.test(timestamp) ||
    Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_S
  ) {
    throw new AuthenticationError(
      `The webhook was sent more than ${TOLERANCE_S} seconds from now; nothing was changed`,
    );
  }
  const payload = payloadSchema.safeParse(parseJson(body));
  if (!payload.success) {
    throw new InputError(
      'The body of the webhook is none of MLflow; nothing was changed',
    );
  }
  const { entity, data, workspace: sentBy } = payload.data;
  const isOurs =
    ABOUT_MODELS.has(entity.toLowerCase()) &&
    (sentBy === undefined || workspace === undefined || sentBy === workspace);
  return { deliveryId, models: isOurs && data.name ? [data.name] : [] };
}

function isSigned(options: {
  deliveryId: string;
  timestamp: string;
  body: Buffer;
  secret: string;
  signature: string;
}): boolean {
  const { deliveryId, timestamp, body, secret, signature } = options;
  const expected = createHmac('sha256', secret)
    .update(`${deliveryId}.${timestamp}.`)
    .update(body)
    .digest();
  return signature.split(' ').some(one => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return (
      one.startsWith('v1,') &&
      given.length === expected.length &&
      timingSafeEqual(given, expected)
    );
  });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
