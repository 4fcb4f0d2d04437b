import { parseJson } from '../../parseJson';
import { parseUbjson } from './parseUbjson';
import { readLightgbm } from './readLightgbm';
import { readXgboost } from './readXgboost';
import { TreeEnsemble } from './TreeEnsemble';

/**
 * Reads a model of trees: XGBoost's JSON or UBJSON, or LightGBM's text, told by its first bytes.
 *
 * @throws `Error` that says what is wrong, or what of it can't be explained.
 */
export function readTreeModel(bytes: Uint8Array): TreeEnsemble {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (/^tree\r?\n/.test(head)) {
    return readLightgbm(
      new TextDecoder().decode(bytes).replaceAll('\r\n', '\n'),
    );
  }
  if (/^\s*\{\s*"/.test(head)) {
    return readXgboost(parseJson(bytes), 'XGBoost JSON');
  }
  if (/^\{[LlIiU]/.test(head)) {
    return readXgboost(parseUbjson(bytes), 'XGBoost UBJ');
  }
  throw new Error(
    'It is neither XGBoost (JSON or UBJ) nor LightGBM (text); other models are not explained here',
  );
}
