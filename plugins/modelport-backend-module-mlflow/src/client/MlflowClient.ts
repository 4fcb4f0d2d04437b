import { setTimeout as delay } from 'node:timers/promises';
import { Limit } from 'p-limit';
import { z } from 'zod';
import { MlflowAuth } from '../config';
import { authorization, secretsOf } from './authorization';
import { backOff, parseRetryAfter } from './backOff';
import { connectionProblem } from './connectionProblem';
import {
  AnswerTooLargeError,
  MlflowAnswerError,
  MlflowConnectionError,
} from './errors';
import { Answer, excerpt, explainAnswer, inWords } from './explainAnswer';
import { oneLine } from './oneLine';
import { readBody } from './readBody';
import { streamOf } from './streamOf';

const MAX_JSON_BYTES = 64 * 1024 * 1024;
/**
 * Where a server asks for longer, in milliseconds, its answer is what a person should read until the next pass: one that
 * waited would run out of its time, and nobody would know why.
 */
const LONGEST_WAIT_MS = 15_000;
const WORTH_ANOTHER_TRY = [429, 502, 503, 504];
/** Asked for JSON, MLflow gives 500 for what another try may mend; asked for a file, for every one that isn't there. */
const JSON_WORTH_ANOTHER_TRY = [...WORTH_ANOTHER_TRY, 500];

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
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: MlflowQuery;
  body?: unknown;
  signal: AbortSignal;
  maxBytes: number;
  /** Statuses that another try may mend. */
  worthAnotherTry: number[];
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

  /** Deletes what the body names: MLflow takes no query there. */
  async delete<T>(
    schema: z.ZodType<T>,
    path: string,
    options: { body: unknown; signal: AbortSignal },
  ): Promise<T> {
    return this.json(schema, { method: 'DELETE', path, ...options });
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
    const answer = await this.request({
      method: 'GET',
      path,
      ...options,
      worthAnotherTry: WORTH_ANOTHER_TRY,
    });
    return answer.body;
  }

  /**
   * A file's bytes as they come; asked for once, since only whoever takes them knows what has come already.
   *
   * @throws as `getBytes` does, but for its size; `MlflowConnectionError` also between the bytes.
   */
  async getStream(
    path: string,
    options: { query?: MlflowQuery; signal: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>> {
    const request: Request = {
      method: 'GET',
      path,
      ...options,
      maxBytes: MAX_JSON_BYTES,
      worthAnotherTry: [],
    };
    const where = describe(request);
    const failed = (error: unknown) => {
      options.signal.throwIfAborted();
      return new MlflowConnectionError(this.problem(error, where), false);
    };
    const response = await this.options
      .limit(() =>
        fetch(this.address(request), {
          headers: this.headers(request),
          redirect: 'manual',
          signal: options.signal,
        }),
      )
      .catch((error: unknown) => {
        throw failed(error);
      });
    if (!response.ok) {
      const body = await readBody(response, {
        maxBytes: MAX_JSON_BYTES,
        signal: options.signal,
      });
      throw explainAnswer(where, { response, body }, this.secrets);
    }
    return (async function* parts() {
      try {
        yield* response.body ?? [];
      } catch (error) {
        throw failed(error);
      }
    })();
  }

  /**
   * Writes a file with bytes as they come; sent once, since they come once.
   *
   * @throws `MlflowConnectionError` also where fewer or more bytes come than said.
   */
  async putStream(
    path: string,
    options: {
      parts: AsyncIterable<Uint8Array>;
      size: number;
      signal: AbortSignal;
    },
  ): Promise<void> {
    const { parts, size, signal } = options;
    const request: Request = {
      method: 'PUT',
      path,
      signal,
      maxBytes: MAX_JSON_BYTES,
      worthAnotherTry: [],
    };
    const where = describe(request);
    await this.options.limit(async () => {
      let response: Response;
      try {
        const init: RequestInit & { duplex: 'half' } = {
          method: 'PUT',
          headers: {
            ...this.headers(request),
            'content-type': 'application/octet-stream',
            // A server that is told no size takes nothing.
            'content-length': String(size),
          },
          body: streamOf(parts),
          duplex: 'half',
          redirect: 'manual',
          signal,
        };
        response = await fetch(this.address(request), init);
      } catch (error) {
        signal.throwIfAborted();
        throw new MlflowConnectionError(this.problem(error, where), false);
      }
      const body = await readBody(response, {
        maxBytes: MAX_JSON_BYTES,
        signal,
      });
      if (!response.ok) {
        throw explainAnswer(where, { response, body }, this.secrets);
      }
    });
  }

  private async json<T>(
    schema: z.ZodType<T>,
    request: Omit<Request, 'maxBytes' | 'worthAnotherTry'>,
  ): Promise<T> {
    const { response, body } = await this.request({
      ...request,
      maxBytes: MAX_JSON_BYTES,
      worthAnotherTry: JSON_WORTH_ANOTHER_TRY,
    });
    const where = describe(request);
    let value: unknown;
    try {
      value = JSON.parse(body.toString('utf8'));
    } catch {
      throw new MlflowAnswerError(
        `${where} answered ${response.status} with what is not JSON (${
          oneLine(response.headers.get('content-type') ?? '', 80) ||
          'no content type'
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
        }: ${oneLine(issue.message)}`,
        response.status,
      );
    }
    return result.data;
  }

  private async request(request: Request): Promise<Answer> {
    const { retries } = this.options;
    for (let attempt = 0; ; attempt++) {
      let waitMs = backOff(attempt);
      try {
        request.signal.throwIfAborted();
        const answer = await this.options.limit(() => this.attempt(request));
        const { response } = answer;
        if (response.status >= 200 && response.status < 300) {
          return answer;
        }
        const asked = parseRetryAfter(response.headers.get('retry-after')) ?? 0;
        if (
          !request.worthAnotherTry.includes(response.status) ||
          attempt >= retries ||
          asked > LONGEST_WAIT_MS
        ) {
          throw explainAnswer(describe(request), answer, this.secrets);
        }
        waitMs = asked || waitMs;
      } catch (error) {
        // A server that hangs is given one more chance only: each costs the whole timeout.
        if (
          !(error instanceof MlflowConnectionError) ||
          attempt >= (error.timedOut ? Math.min(retries, 1) : retries)
        ) {
          throw error;
        }
      }
      await this.wait(waitMs, request.signal);
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
          : this.problem(error, where),
        timedOut,
      );
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  private problem(error: unknown, request: string): string {
    const { url } = this.options;
    return inWords(connectionProblem(error, { url, request }), this.secrets);
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
  return `${request.method} ${oneLine(request.path)}`;
}
