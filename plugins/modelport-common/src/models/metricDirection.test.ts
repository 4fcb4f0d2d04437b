import { metricDirection } from './metricDirection';

describe('metricDirection', () => {
  it.each([
    ['test_roc_auc', 'higher'],
    ['accuracy_score', 'higher'],
    ['validation.accuracy', 'higher'],
    ['f1_macro', 'higher'],
    ['ndcg@10', 'higher'],
    ['r2_score', 'higher'],
    ['valid_logloss', 'lower'],
    ['valLoss', 'lower'],
    ['rmse', 'lower'],
    ['test_brier', 'lower'],
    ['ece', 'lower'],
    ['root_mean_squared_error', 'lower'],
    ['fpr', 'lower'],
    ['profit', null],
    ['test_base_rate', null],
    ['n_rows', null],
    ['auction_price', null],
    ['mapped_rows', null],
  ])('%s: %s', (key, direction) => {
    expect(metricDirection(key)).toBe(direction);
  });
});
