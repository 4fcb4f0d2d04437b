/** An answer of the portal: its status, and its body as JSON where it is JSON. */
export interface Answer<T> {
  status: number;
  body: T;
}

/** Body of an error in Backstage's shape. */
export interface ErrorBody {
  error: { name: string; message: string };
  response: { statusCode: number };
}

/** Calls the portal's API as one caller; paths start behind `/api/modelport/v1/`. */
export class PortalApi {
  readonly #backendUrl: string;
  readonly #token: string | undefined;

  constructor(backendUrl: string, token: string | undefined) {
    this.#backendUrl = backendUrl;
    this.#token = token;
  }

  /** The API as a person of the demo. */
  static async ofPerson(
    backendUrl: string,
    person: 'ada' | 'grace' | 'rosa' | 'adam',
  ): Promise<PortalApi> {
    return new PortalApi(
      backendUrl,
      await PortalApi.tokenOfPerson(backendUrl, person),
    );
  }

  /** The token that the demo's sign-in gives a person. */
  static async tokenOfPerson(
    backendUrl: string,
    person: 'ada' | 'grace' | 'rosa' | 'adam',
  ): Promise<string> {
    const response = await fetch(`${backendUrl}/api/auth/demo/refresh`, {
      headers: { 'x-demo-user': person },
    });
    if (!response.ok) {
      throw new Error(
        `${person} could not sign in: ${
          response.status
        } ${await response.text()}`,
      );
    }
    const { backstageIdentity } = await response.json();
    return backstageIdentity.token;
  }

  async request<T>(
    method: string,
    path: string,
    options: { body?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> {
    const response = await fetch(
      `${this.#backendUrl}/api/modelport/v1/${path}`,
      {
        method,
        headers: {
          ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
          ...options.headers,
        },
        body: options.body,
        signal: AbortSignal.timeout(30_000),
      },
    );
    const text = await response.text();
    const json = response.headers
      .get('content-type')
      ?.includes('application/json');
    return { status: response.status, body: json ? JSON.parse(text) : text };
  }

  async get<T>(path: string): Promise<Answer<T>> {
    return await this.request('GET', path);
  }

  /** Gets what must be there. */
  async read<T>(path: string): Promise<T> {
    const { status, body } = await this.get<T>(path);
    if (status !== 200) {
      throw new Error(`${path} answers ${status}: ${JSON.stringify(body)}`);
    }
    return body;
  }

  async post<T>(path: string, body: unknown): Promise<Answer<T>> {
    return await this.request('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  }

  /** Reads a list to its end, page by page. */
  async readAll<T>(path: string, limit = 100): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const query: string = `limit=${limit}${
        cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
      }`;
      const page: { items: T[]; nextCursor: string | null } = await this.read(
        `${path}${path.includes('?') ? '&' : '?'}${query}`,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }
}

/** Path of a model in the API. */
export function modelPath(source: string, name: string, ...rest: string[]) {
  return ['models', source, name, ...rest]
    .map((part, i) => (i === 0 ? part : encodeURIComponent(part)))
    .join('/');
}
