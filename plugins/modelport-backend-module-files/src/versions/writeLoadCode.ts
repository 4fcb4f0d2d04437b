import { posix } from 'node:path';
import { TreeCheckout } from '../tree/TreeOrigin';
import { MlModel } from './readMlModel';

/** Flavours whose module MLflow loads by itself as `mlflow.<flavour>`. */
const MODULES = new Set([
  'catboost',
  'keras',
  'lightgbm',
  'onnx',
  'pmdarima',
  'prophet',
  'pytorch',
  'sklearn',
  'spacy',
  'spark',
  'statsmodels',
  'tensorflow',
  'transformers',
  'xgboost',
]);

/** Lines of Python that load an MLflow model out of a checkout; null where MLflow has no loader for it. */
export function writeLoadCode(
  model: MlModel,
  folder: string,
  checkout: TreeCheckout,
): string | null {
  const flavor = model.flavors.find(name => MODULES.has(name));
  if (!flavor && !model.hasPythonFunction) {
    return null;
  }
  const path = posix.join(checkout.folder, folder);
  // MLflow takes what has a colon for an address.
  const local = path.includes(':') ? `./${path}` : path;
  return [
    `# In ${checkout.place}`,
    'import mlflow',
    '',
    `model = mlflow.${flavor ?? 'pyfunc'}.load_model(${toPython(local)})`,
  ].join('\n');
}

/** A string literal; JSON's escapes are Python's too. */
function toPython(text: string): string {
  return JSON.stringify(text);
}
