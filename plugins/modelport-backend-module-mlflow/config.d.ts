import { HumanDuration } from '@backstage/types';

export interface Config {
  modelport?: {
    sources?: {
      /**
       * MLflow tracking servers, by the id of their source.
       */
      mlflow?: {
        [id: string]: {
          /**
           * Whether the server is read. Default: true.
           */
          enabled?: boolean;
          /**
           * Address of the server, with the path before `/api` where there is one. Credentials in it
           * (`http://user:password@host`) are taken as basic authentication and shown nowhere.
           */
          url: string;
          /**
           * Address under which people reach the server, for links and lines of Python. Default: `url`.
           */
          publicUrl?: string;
          auth?: {
            /**
             * Default: what the other keys tell.
             */
            type?: 'none' | 'basic' | 'bearer';
            username?: string;
            /**
             * @visibility secret
             */
            password?: string;
            /**
             * @visibility secret
             */
            token?: string;
          };
          /**
           * Workspaces to read where the server has them. Default: `auto`, all that the server lists.
           */
          workspaces?: 'auto' | string[];
          /**
           * Time that one request may take, its body included. Default: 30 seconds.
           */
          requestTimeout?: HumanDuration | string;
          /**
           * How often a request is tried again after a network error or status 429, 500, 502, 503 or 504. Default: 4.
           */
          retries?: number;
          /**
           * Requests at one time. Default: 4.
           */
          concurrency?: number;
          /**
           * Secret of the server's webhooks; without it none is taken.
           * @visibility secret
           */
          webhookSecret?: string;
        };
      };
    };
  };
}
