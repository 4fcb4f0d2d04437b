import { Direction } from '../schema/openapi';

/** Last words of metric keys, as scikit-learn, XGBoost, LightGBM, Keras and MLflow evaluate write them. */
const HIGHER_IS_BETTER =
  /(^|_)(auc|roc_auc|pr_auc|aucpr|auroc|auprc|average_precision|accuracy|balanced_accuracy|acc|f1|f1_score|f1_macro|f1_micro|f1_weighted|precision|recall|sensitivity|specificity|r2|r2_score|ndcg|map|mrr|gini|ks|mcc|matthews_corrcoef|kappa|explained_variance)(_score)?(_macro|_micro|_weighted)?(@?_?\d+)?$/;

const LOWER_IS_BETTER =
  /(^|_)(loss|logloss|log_loss|mlogloss|cross_entropy|rmse|rmsle|mse|mae|mape|smape|wape|mase|medae|brier|brier_score|brier_score_loss|ece|error|merror|root_mean_squared_error|mean_squared_error|mean_absolute_error|mean_absolute_percentage_error|max_error|deviance|perplexity|fpr|fnr|hinge|pinball_loss)(@?_?\d+)?$/;

/**
 * Whether a higher or a lower value of a metric is better, by the words of its key; null where the key does not tell.
 *
 * @public
 */
export function metricDirection(key: string): Direction | null {
  const words = key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9@]+/g, '_')
    .replace(/_+$/, '');
  if (LOWER_IS_BETTER.test(words)) {
    return 'lower';
  }
  return HIGHER_IS_BETTER.test(words) ? 'higher' : null;
}
