import { startMlflow, type Mlflow } from '../../stack/startMlflow.ts';
import { startPortal, type Portal } from '../../stack/startPortal.ts';
import { train, type Trained } from '../../stack/train.ts';
import { waitFor } from '../../stack/waitFor.ts';
import { MlflowOracle } from './MlflowOracle.ts';
import { modelPath, PortalApi } from './PortalApi.ts';
import { waitForFirstPass } from './sync.ts';

/** A real MLflow with real models, and a portal that reads it as the source `mlflow`. */
export interface RegistryStack {
  mlflow: Mlflow;
  portal: Portal;
  trained: Trained;
  oracle: MlflowOracle;
  /** The API as the service. */
  api: PortalApi;
  stop(): Promise<void>;
}

/** What a webhook of the tests is signed with. */
export const WEBHOOK_SECRET = 'a-secret-of-the-end-to-end-tests';

/** Starts MLflow, trains, starts the portal and waits for its first pass. */
export async function startRegistryStack(
  venv: 'mlflow3' | 'mlflow2',
): Promise<RegistryStack> {
  const started: Array<{ stop(): Promise<void> }> = [];
  const stop = async () => {
    for (const part of started.reverse()) {
      await part.stop();
    }
  };
  try {
    const mlflow = await startMlflow({ venv });
    started.push(mlflow);
    const trained = await train(mlflow);
    const portal = await startPortal({
      mlflowUrl: mlflow.url,
      webhookSecret: WEBHOOK_SECRET,
    });
    started.push(portal);
    const api = new PortalApi(portal.backendUrl, portal.token);
    await waitForFirstPass(api, 'mlflow');
    // the catalog's people and groups are known a little later
    await waitFor(
      'the owners',
      async () => {
        const model = await api.read<{ owner: string | null }>(
          modelPath('mlflow', trained.binary),
        );
        return model.owner === 'group:default/risk-analytics';
      },
      { deadlineMs: 60_000 },
    );
    const oracle = new MlflowOracle(mlflow.url);
    return { mlflow, portal, trained, oracle, api, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
