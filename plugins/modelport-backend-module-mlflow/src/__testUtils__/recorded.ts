import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpResponse } from 'msw';
import { z } from 'zod';

const recordingSchema = z.object({
  status: z.number(),
  contentType: z.string(),
  body: z.unknown(),
});

function read(name: string): unknown {
  return JSON.parse(
    readFileSync(
      join(__dirname, '..', '__fixtures__', 'recorded', `${name}.json`),
      'utf8',
    ),
  );
}

/** The body of a recorded answer, for a test to change. */
export function recordedBody<T>(schema: z.ZodType<T>, name: string): T {
  return schema.parse(recordingSchema.parse(read(name)).body);
}

/** A recorded answer as the server gave it. */
export function recorded(name: string): HttpResponse<string> {
  const { status, contentType, body } = recordingSchema.parse(read(name));
  return new HttpResponse(
    typeof body === 'string' ? body : JSON.stringify(body),
    { status, headers: { 'content-type': contentType } },
  );
}

/** A recorded delivery of a webhook. */
export function recordedDelivery() {
  return z
    .object({
      secret: z.string(),
      delivery: z.object({
        headers: z.record(z.string(), z.string()),
        body: z.string(),
      }),
    })
    .parse(read('webhook_delivery'));
}

const rawRunSchema = z.looseObject({
  info: z.looseObject({ run_id: z.string() }),
});

/** A run as MLflow writes it. */
export function rawRun(name: string) {
  return recordedBody(z.object({ run: rawRunSchema }), name).run;
}

const rawModelSchema = z.looseObject({
  info: z.looseObject({ model_id: z.string() }),
});

/** The logged model of the run in `v3_run`, as MLflow writes it. */
export function rawLoggedModel() {
  return recordedBody(
    z.object({ models: z.array(rawModelSchema).min(1) }),
    'v3_logged_models_search',
  ).models[0];
}
