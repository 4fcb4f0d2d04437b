import pLimit from 'p-limit';
import { MlflowClient, MlflowClientOptions } from '../client/MlflowClient';
import { MlflowSource } from '../MlflowSource';

export const URL_OF_TEST = 'http://mlflow.test';

/** A client that waits for nothing between attempts, and tells how long it would have. */
export function testClient(options: Partial<MlflowClientOptions> = {}) {
  const waits: number[] = [];
  const client = new MlflowClient({
    url: URL_OF_TEST,
    auth: { type: 'none' },
    requestTimeoutMs: 5000,
    retries: 2,
    limit: pLimit(4),
    wait: async ms => {
      waits.push(ms);
    },
    ...options,
  });
  return { client, waits };
}

export function testSource(
  options: Partial<ConstructorParameters<typeof MlflowSource>[0]> = {},
): MlflowSource {
  return new MlflowSource({
    id: 'mlflow',
    client: testClient().client,
    publicUrl: 'https://mlflow.example.com',
    ...options,
  });
}
