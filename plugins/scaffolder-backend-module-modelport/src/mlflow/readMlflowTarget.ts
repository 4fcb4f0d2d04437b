import { RootConfigService } from '@backstage/backend-plugin-api';

/** The MLflow server in which models are registered. */
export interface MlflowTarget {
  /** Id of the Modelport source that shows it. */
  source: string;
  /** Without a slash at its end. */
  url: string;
  /** Header `Authorization`; null where the server asks for none. */
  authorization: string | null;
}

/** The first MLflow source of Modelport; undefined where there is none. */
export function readMlflowTarget(
  config: RootConfigService,
): MlflowTarget | undefined {
  const sources = config.getOptionalConfig('modelport.sources.mlflow');
  for (const id of sources?.keys() ?? []) {
    const source = sources?.getConfig(id);
    if (source && source.getOptionalBoolean('enabled') !== false) {
      const url = new URL(source.getString('url'));
      const credentials = url.username
        ? {
            name: decodeURIComponent(url.username),
            password: decodeURIComponent(url.password),
          }
        : undefined;
      url.username = '';
      url.password = '';
      const auth = source.getOptionalConfig('auth');
      const token = auth?.getOptionalString('token');
      const name = auth?.getOptionalString('username') ?? credentials?.name;
      const password =
        auth?.getOptionalString('password') ?? credentials?.password;
      return {
        source: id,
        url: url.href.replace(/\/+$/, ''),
        authorization: authorization({ token, name, password }),
      };
    }
  }
  return undefined;
}

function authorization(auth: {
  token: string | undefined;
  name: string | undefined;
  password: string | undefined;
}): string | null {
  if (auth.token) {
    return `Bearer ${auth.token}`;
  }
  if (auth.name === undefined) {
    return null;
  }
  const basic = Buffer.from(`${auth.name}:${auth.password}`);
  return `Basic ${basic.toString('base64')}`;
}
