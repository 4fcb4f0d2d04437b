import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

export type MlflowAuth =
  | { type: 'none' }
  | { type: 'basic'; username: string; password: string }
  | { type: 'bearer'; token: string };

export interface MlflowServerConfig {
  id: string;
  /** Without credentials and without a slash at its end. */
  url: string;
  publicUrl: string;
  auth: MlflowAuth;
  workspaces: 'auto' | string[];
  requestTimeoutMs: number;
  retries: number;
  concurrency: number;
  webhookSecret: string | undefined;
}

const ROOT = 'modelport.sources.mlflow';
/** What Backstage allows for keys of config; no dot, which stands before a workspace. */
const ID = /^(?=.{1,63}$)[a-z][a-z0-9]*([-_][a-z][a-z0-9]*)*$/i;

/**
 * Reads the servers that are enabled.
 *
 * @throws `InputError` naming the key and what was expected; never with a secret in it.
 */
export function readMlflowConfig(config: Config): MlflowServerConfig[] {
  const servers = config.getOptionalConfig(ROOT);
  if (!servers) {
    return [];
  }
  const ids = servers.keys();
  const wrong = ids.find(id => !ID.test(id));
  if (wrong !== undefined) {
    throw new InputError(
      `Invalid key in config ${ROOT}: '${wrong}': expected up to 63 letters, digits, '-' and '_', with a letter first and after each '-' or '_'`,
    );
  }
  return ids
    .filter(id => servers.getOptionalBoolean(`${id}.enabled`) ?? true)
    .map(id => readServer(id, servers.getConfig(id)));
}

function readServer(id: string, config: Config): MlflowServerConfig {
  const path = `${ROOT}.${id}`;
  const address = readUrl(config.getString('url'), `${path}.url`);
  const publicAddress = readUrl(
    config.getOptionalString('publicUrl') ?? address.url,
    `${path}.publicUrl`,
  );
  return {
    id,
    url: address.url,
    publicUrl: publicAddress.url,
    auth: readAuth(config, path, address.credentials),
    workspaces: readWorkspaces(config, path),
    requestTimeoutMs: readTimeout(config, path),
    retries: readInteger(config, path, 'retries', { min: 0, max: 20 }, 4),
    concurrency: readInteger(
      config,
      path,
      'concurrency',
      { min: 1, max: 64 },
      4,
    ),
    webhookSecret: config.getOptionalString('webhookSecret'),
  };
}

interface Credentials {
  username: string;
  password: string;
}

function readUrl(
  text: string,
  path: string,
): { url: string; credentials: Credentials | undefined } {
  const expected = `Invalid value in config ${path}: expected an address such as https://mlflow.example.com`;
  if (!URL.canParse(text)) {
    throw new InputError(expected);
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new InputError(`${expected}, with http or https`);
  }
  if (url.search || url.hash) {
    throw new InputError(`${expected}, without '?' and '#'`);
  }
  const credentials = url.username
    ? {
        username: decode(url.username, path),
        password: decode(url.password, path),
      }
    : undefined;
  return {
    url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    credentials,
  };
}

function decode(text: string, path: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new InputError(
      `Invalid value in config ${path}: the credentials in it are not URL-encoded; put them into auth instead`,
    );
  }
}

function readAuth(
  config: Config,
  path: string,
  inUrl: Credentials | undefined,
): MlflowAuth {
  const username = config.getOptionalString('auth.username');
  const password = config.getOptionalString('auth.password');
  const token = config.getOptionalString('auth.token');
  const type =
    config.getOptionalString('auth.type') ?? guessType(username, token, inUrl);
  if (inUrl && (type !== 'basic' || username !== undefined)) {
    throw new InputError(
      `Invalid value in config ${path}.url: it has credentials and so has ${path}.auth; expected one of the two`,
    );
  }
  switch (type) {
    case 'none':
      return { type };
    case 'basic': {
      const credentials = inUrl ?? { username, password };
      if (!credentials.username || credentials.password === undefined) {
        throw new InputError(
          `Invalid value in config ${path}.auth: basic authentication expects username and password`,
        );
      }
      if (credentials.username.includes(':')) {
        throw new InputError(
          `Invalid value in config ${path}.auth.username: basic authentication allows no ':' in it`,
        );
      }
      return {
        type,
        username: credentials.username,
        password: credentials.password,
      };
    }
    case 'bearer':
      if (!token || !/^[\x21-\x7e]+$/.test(token)) {
        throw new InputError(
          `Invalid value in config ${path}.auth.token: bearer authentication expects a token of printable ASCII characters`,
        );
      }
      return { type, token };
    default:
      throw new InputError(
        `Invalid value in config ${path}.auth.type: expected none, basic or bearer`,
      );
  }
}

function guessType(
  username: string | undefined,
  token: string | undefined,
  inUrl: Credentials | undefined,
): string {
  if (username !== undefined || inUrl) {
    return 'basic';
  }
  return token === undefined ? 'none' : 'bearer';
}

function readWorkspaces(config: Config, path: string): 'auto' | string[] {
  const value = config.getOptional<unknown>('workspaces') ?? 'auto';
  if (value === 'auto') {
    return value;
  }
  const isName = (name: unknown): name is string =>
    typeof name === 'string' && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name);
  if (
    !Array.isArray(value) ||
    value.length === 0 ||
    !value.every(isName) ||
    new Set(value).size !== value.length
  ) {
    throw new InputError(
      `Invalid value in config ${path}.workspaces: expected 'auto' or a list of workspace names, each once, such as team-a`,
    );
  }
  return value;
}

function readTimeout(config: Config, path: string): number {
  if (!config.has('requestTimeout')) {
    return 30_000;
  }
  const timeout = durationToMilliseconds(
    readDurationFromConfig(config, { key: 'requestTimeout' }),
  );
  if (!(timeout > 0 && timeout <= 3_600_000)) {
    throw new InputError(
      `Invalid value in config ${path}.requestTimeout: expected more than nothing and at most an hour`,
    );
  }
  return timeout;
}

function readInteger(
  config: Config,
  path: string,
  key: string,
  range: { min: number; max: number },
  fallback: number,
): number {
  const value = config.getOptionalNumber(key) ?? fallback;
  if (!Number.isInteger(value) || value < range.min || value > range.max) {
    throw new InputError(
      `Invalid value in config ${path}.${key}: expected a whole number from ${range.min} to ${range.max}`,
    );
  }
  return value;
}
