import { setTimeout as delay } from 'node:timers/promises';
import { isError } from '@backstage/errors';
import { Limit } from 'p-limit';
import { z } from 'zod';
import { MlflowAuth } from '../config';
import { authorization, secretsOf } from './authorization';
import { backOff } from './backOff';
import {
  AnswerTooLargeError,
  MlflowAnswerError,
  MlflowConnectionError,
} from './errors';
import { Answer, excerpt, explainAnswer, hideSecrets } from './explainAnswer';
import { readBody } from './readBody';

const MAX_JSON_BYTES = 64 * 1024 * 1024;
const WORTH_ANOTHER_TRY = new Set([429, 502, 503, 504]);

export interface MlflowClientOptions {
  url: string;
  auth: MlflowAuth;
  requestTimeoutMs: number;
  retries: number;
  /** Shared by all that talks to one server. */
  limit: Limit;
  workspace?: string;
  /** Waits between attempts; replaced in tests. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface MlflowQuery {
  [key: string]: string | number | undefined;
}

interface Request {
  method: 'GET' | 'POST';
  path: string;
  query?: MlflowQuery;
  body?: unknown;
  signal: AbortSignal;
  maxBytes: number;
}

/**
 * Talks to one MLflow server, in one of its workspaces where it has them: timeouts that cover the body, retries,
 * bounded concurrency and size, and answers that are checked. It follows no redirects, so that credentials never reach
 * another host, and no error of its tells a secret.
 */
export class MlflowClient {
  private readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  private readonly secrets: string[];

  constructor(private readonly options: MlflowClientOptions) {
    this.secrets = secretsOf(options.auth);
    this.wait =
      options.wait ??
      (async (ms, signal) => {
        await delay(ms, undefined, { signal });
      });
  }

  /** The same server, in a workspace of it. */
  inWorkspace(workspace: string): MlflowClient {
    return new MlflowClient({ ...this.options, workspace });
  }

  async get<T>(
    schema: z.ZodType<T>,
    path: string,
    options: { query?: MlflowQuery; signal: AbortSignal },
  ): Promise<T> {
    return this.json(schema, { method: 'GET', path, ...options });
  }

  async post<T>(
    schema: z.ZodType<T>,
    path: string,
    options: { body: unknown; signal: AbortSignal },
  ): Promise<T> {
    return this.json(schema, { method: 'POST', path, ...options });
  }

  /**
   * The bytes of a file.
   *
   * @throws `AnswerTooLargeError` where it is larger than `maxBytes`
   */
  async getBytes(
    path: string,
    options: { query?: MlflowQuery; signal: AbortSignal; maxBytes: number },
  ): Promise<Buffer> {
    return (await this.request({ method: 'GET', path, ...options })).body;
  }

  private async json<T>(
    schema: z.ZodType<T>,
    request: Omit<Request, 'maxBytes'>,
  ): Promise<T> {
    const { response, body } = await this.request({
      ...request,
      maxBytes: MAX_JSON_BYTES,
    });
    const where = describe(request);
    let value: unknown;
    try {
      value = JSON.parse(body.toString('utf8'));
    } catch {
      throw new MlflowAnswerError(
        `${where} answered ${response.status} with what is not JSON (${
          response.headers.get('content-type') ?? 'no content type'
        }): ${excerpt(body, this.secrets)}`,
        response.status,
      );
    }
    const result = schema.safeParse(value);
    if (!result.success) {
      const issue = result.error.issues[0];
      throw new MlflowAnswerError(
        `${where} answered ${
          response.status
        } with JSON that is not MLflow's, at ${
          issue.path.map(String).join('.') || 'its root'
        }: ${issue.message}`,
        response.status,
      );
    }
    return result.data;
  }

  private async request(request: Request): Promise<Answer> {
    const { retries } = this.options;
    for (let attempt = 0; ; attempt++) {
      let retryAfter: string | null = null;
      try {
        request.signal.throwIfAborted();
        const answer = await this.options.limit(() => this.attempt(request));
        const { response } = answer;
        if (response.status >= 200 && response.status < 300) {
          return answer;
        }
        if (!WORTH_ANOTHER_TRY.has(response.status) || attempt >= retries) {
          throw explainAnswer(describe(request), answer, this.secrets);
        }
        retryAfter = response.headers.get('retry-after');
      } catch (error) {
        // A server that hangs is given one more chance only: each costs the whole timeout.
        if (
          !(error instanceof MlflowConnectionError) ||
          attempt >= (error.timedOut ? Math.min(retries, 1) : retries)
        ) {
          throw error;
        }
      }
      await this.wait(backOff(attempt, retryAfter), request.signal);
    }
  }

  private async attempt(request: Request): Promise<Answer> {
    const { signal, maxBytes } = request;
    const { requestTimeoutMs } = this.options;
    const where = describe(request);
    signal.throwIfAborted();
    const controller = new AbortController();
    const stop = () => controller.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      controller.abort();
    }, requestTimeoutMs);
    try {
      const response = await fetch(this.address(request), {
        method: request.method,
        headers: this.headers(request),
        body:
          request.body === undefined ? undefined : JSON.stringify(request.body),
        redirect: 'manual',
        signal: controller.signal,
      });
      const body = await readBody(response, {
        maxBytes: response.ok ? maxBytes : MAX_JSON_BYTES,
        signal: controller.signal,
      });
      return { response, body };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AnswerTooLargeError) {
        throw new AnswerTooLargeError(
          `The answer to ${where} is ${error.message}`,
        );
      }
      throw new MlflowConnectionError(
        timedOut
          ? `${where} had no whole answer within ${requestTimeoutMs} ms`
          : `${where} failed: ${hideSecrets(causeOf(error), this.secrets)}`,
        timedOut,
      );
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  private address(request: Request): string {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) {
        query.append(key, String(value));
      }
    }
    const search = query.size > 0 ? `?${query}` : '';
    return `${this.options.url}${request.path}${search}`;
  }

  private headers(request: Request): Record<string, string> {
    const { auth, workspace } = this.options;
    return {
      accept: 'application/json, */*;q=0.5',
      ...(request.body === undefined
        ? {}
        : { 'content-type': 'application/json' }),
      ...authorization(auth),
      ...(workspace === undefined ? {} : { 'x-mlflow-workspace': workspace }),
    };
  }
}

/** Method and path only: what stands in the query is shown nowhere. */
function describe(request: { method: string; path: string }): string {
  return `${request.method} ${request.path}`;
}

function causeOf(error: unknown): string {
  if (!isError(error)) {
    return 'no connection';
  }
  const { cause } = error;
  return isError(cause) && cause.message ? cause.message : error.message;
}
