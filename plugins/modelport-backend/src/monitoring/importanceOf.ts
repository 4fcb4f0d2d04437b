import { explanationSummary } from '@modelport/plugin-modelport-common';

/** How much each feature counts in a version's output. */
export interface Importance {
  digest: string;
  features: Record<string, number>;
}

/** Mean absolute contributions by feature; of several outputs the largest. Null where the explanation has none. */
export function importanceOf(
  explanation: { digest: string; body: unknown } | null,
): Importance | null {
  const summary = explanationSummary.safeParse(explanation?.body);
  if (!explanation || !summary.success) {
    return null;
  }
  const features: Record<string, number> = {};
  for (const output of summary.data.outputs) {
    for (const { name, meanAbs } of output.features) {
      features[name] = Math.max(features[name] ?? 0, meanAbs);
    }
  }
  return Object.keys(features).length > 0
    ? { digest: explanation.digest, features }
    : null;
}
