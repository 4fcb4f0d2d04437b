/** Methods of Evidently that give a p-value, by their keys; display names say so. */
const KEYS = new Set([
  'anderson',
  'chisquare',
  'cramer_von_mises',
  'empirical_mmd',
  'es',
  'fisher_exact',
  'g_test',
  'ks',
  'mannw',
  't_test',
  'TVD',
  'z',
]);
const NAME = /p[_ -]?value/i;

/** Whether a statistic of which low values are wrong is a p-value, by its name. */
export function isPValue(statistic: string): boolean {
  return KEYS.has(statistic) || NAME.test(statistic);
}
