import { CARD_PATHS, CardBody, CardMetric } from './cardBody';
import { cleanText } from './cleanText';

/**
 * The paths of a card that an export does not give back when it is read again: whole fields, and `metrics.<part>` where
 * only that part of the metrics is lost. A text that came back without its HTML counts as held.
 */
export function notHeld(body: CardBody, back: CardBody): string[] {
  return CARD_PATHS.flatMap(path => {
    const value = body[path];
    if (value === undefined || same(value, back[path])) {
      return [];
    }
    return path === 'metrics'
      ? lostOfMetrics(body.metrics ?? [], back.metrics)
      : [path];
  });
}

function lostOfMetrics(
  metrics: CardMetric[],
  back: CardMetric[] | undefined,
): string[] {
  const parts = ['key', 'value', 'dataset', 'slice', 'lower', 'upper'] as const;
  const without = (list: CardMetric[], lost: readonly string[]) =>
    list
      .map(metric =>
        JSON.stringify(
          parts
            .filter(name => !lost.includes(name))
            .map(name => cleaned(metric[name] ?? null)),
        ),
      )
      .sort();
  if (!back || back.length !== metrics.length) {
    return ['metrics'];
  }
  const kept = (lost: readonly string[]) =>
    same(without(metrics, lost), without(back, lost));
  if (kept([])) {
    return [];
  }
  const optional = ['dataset', 'slice', 'lower', 'upper'];
  if (!kept(optional)) {
    return ['metrics'];
  }
  // What must be left out of sight for the rest to be the same, one part at a time.
  return optional
    .filter(name => !kept(optional.filter(other => other !== name)))
    .map(name => `metrics.${name}`);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(cleaned(a)) === JSON.stringify(cleaned(b));
}

/** A value with its texts as exports write them, and the keys of maps in one order. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') {
    return cleanText(value).trim();
  }
  if (Array.isArray(value)) {
    return value.map(cleaned);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, entry]) => [cleanText(key), cleaned(entry)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  }
  return value;
}
