import { startBackend, type Backend } from '../../stack/startBackend.ts';
import { waitFor } from '../../stack/waitFor.ts';
import { modelPath, PortalApi } from './PortalApi.ts';
import { waitForFirstPass } from './sync.ts';

/** Who owns the models of tests in which backends are killed. */
export const OWNER = 'group:default/risk-analytics';

/**
 * Starts two backends on one database, the second once the first has read the sources, and waits until the second knows
 * who owns a model.
 */
export async function startTwoBackends(
  shared: Omit<Parameters<typeof startBackend>[0], 'name'>,
  known: { sources: string[]; model: string },
): Promise<[first: Backend, second: Backend]> {
  const started: Backend[] = [];
  try {
    const first = await startBackend({ name: 'first', ...shared });
    started.push(first);
    const api = new PortalApi(first.url, first.token);
    for (const source of known.sources) {
      await waitForFirstPass(api, source);
    }
    const second = await startBackend({ name: 'second', ...shared });
    started.push(second);
    await waitFor(
      'the owners',
      async () => {
        const model = await new PortalApi(second.url, second.token).read<{
          owner: string | null;
        }>(modelPath('mlflow', known.model));
        return model.owner === OWNER;
      },
      { deadlineMs: 60_000, everyMs: 250 },
    );
    return [first, second];
  } catch (error) {
    await Promise.all(started.map(backend => backend.stop()));
    throw error;
  }
}
