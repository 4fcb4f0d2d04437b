import { Mistake } from './Mistake.mjs';

/** What Backstage's static external access demands of a token. */
const MIN_TOKEN_LENGTH = 8;

const DEFAULT_PORT = 3000;
const DEFAULT_BACKEND_PORT = 7007;

/**
 * Reads the optional settings of `npm start`. They become config through Backstage's `APP_CONFIG_` variables, and only
 * where they are given; nothing of them is written to disk.
 *
 * @returns the ports of the portal, the variables to add, and in words what was asked for.
 */
export function readSettings(env) {
  const port = readPort(env, 'MODELPORT_PORT', DEFAULT_PORT);
  const backendPort = readPort(
    env,
    'MODELPORT_BACKEND_PORT',
    DEFAULT_BACKEND_PORT,
  );
  if (port === backendPort) {
    throw new Mistake(
      `MODELPORT_PORT and MODELPORT_BACKEND_PORT are both ${port}; the portal needs two ports.`,
    );
  }
  const parts = [
    portsConfig(port, backendPort),
    tokenConfig(env),
    mlflowConfig(env),
  ];
  return {
    port,
    backendPort,
    words: parts.flatMap(part => part.words ?? []),
    env: Object.fromEntries(
      parts.flatMap(({ config }) =>
        Object.entries(config).map(([key, value]) => [
          `APP_CONFIG_${key}`,
          JSON.stringify(value),
        ]),
      ),
    ),
  };
}

function readPort(env, name, fallback) {
  const text = env[name];
  if (!text) {
    return fallback;
  }
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new Mistake(
      `${name} is '${text}'; it has to be a port from 1 to 65535.`,
    );
  }
  return port;
}

function portsConfig(port, backendPort) {
  const app = `http://localhost:${port}`;
  return {
    config: {
      ...(port !== DEFAULT_PORT && {
        app_baseUrl: app,
        app_listen_port: port,
        backend_cors_origin: app,
      }),
      ...(backendPort !== DEFAULT_BACKEND_PORT && {
        backend_baseUrl: `http://localhost:${backendPort}`,
        backend_listen_port: backendPort,
      }),
    },
  };
}

function tokenConfig(env) {
  const token = env.MODELPORT_API_TOKEN;
  if (!token) {
    return { config: {} };
  }
  if (/\s/.test(token) || token.length < MIN_TOKEN_LENGTH) {
    throw new Mistake(
      `MODELPORT_API_TOKEN has to be at least ${MIN_TOKEN_LENGTH} characters long, without spaces.`,
    );
  }
  return {
    config: {
      backend_auth_externalAccess: [
        { type: 'static', options: { token, subject: 'modelport-api' } },
      ],
    },
    words: ['Its API takes the token of MODELPORT_API_TOKEN.'],
  };
}

function mlflowConfig(env) {
  const uri = env.MLFLOW_TRACKING_URI;
  if (!uri) {
    return { config: {} };
  }
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Mistake(
      'MLFLOW_TRACKING_URI has to be the address of an MLflow server, with http:// or https:// in front.',
    );
  }
  if (url.search || url.hash) {
    throw new Mistake(
      "MLFLOW_TRACKING_URI has to be the address of an MLflow server, without '?' and '#'.",
    );
  }
  const key = 'modelport_sources_mlflow_mlflow';
  return {
    config: {
      [`${key}_url`]: uri,
      modelport_sources_files_demo_enabled: false,
      // A new model is registered there, and would be found in its repository once more.
      modelport_sources_files_repositories_enabled: false,
      ...(!url.username && mlflowAuth(env, key)),
    },
    words: [
      `It shows the models of ${url.origin}; the demo registry stays out.`,
    ],
  };
}

/** In the order in which MLflow's own client takes them. */
function mlflowAuth(env, key) {
  const {
    MLFLOW_TRACKING_USERNAME: username,
    MLFLOW_TRACKING_PASSWORD: password,
    MLFLOW_TRACKING_TOKEN: token,
  } = env;
  if (username && password) {
    return { [`${key}_auth`]: { type: 'basic', username, password } };
  }
  if (username || password) {
    throw new Mistake(
      'MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD go together; one of the two is missing.',
    );
  }
  return token ? { [`${key}_auth`]: { type: 'bearer', token } } : {};
}
