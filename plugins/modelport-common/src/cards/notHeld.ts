import { CARD_PATHS, CardBody, CardMetric } from './cardBody';
import { cleanText } from './cleanText';

/** What an export that cleans texts loses of a field: HTML, images, links to elsewhere than the web, controls. */
const MARKUP = 'markup';

/**
 * The paths of a card that an export does not give back when it is read again: whole fields, `metrics.<part>` where
 * only that part of the metrics is lost, and `<path>.markup` where a text came back without what could be harmful in it.
 */
export function notHeld(body: CardBody, back: CardBody): string[] {
  return CARD_PATHS.flatMap(path => {
    if (path === 'metrics') {
      return lostOfMetrics(body.metrics ?? [], back.metrics ?? []);
    }
    const value = body[path];
    if (value === undefined || same(value, back[path])) {
      return [];
    }
    return same(cleaned(value), cleaned(back[path]))
      ? [`${path}.${MARKUP}`]
      : [path];
  });
}

const PARTS = [
  'key',
  'value',
  'dataset',
  'slice',
  'n',
  'lower',
  'upper',
  'origin',
];
/** What a format may have no place for. */
const OPTIONAL = ['dataset', 'slice', 'n', 'lower', 'upper', 'origin'];

function lostOfMetrics(metrics: CardMetric[], back: CardMetric[]): string[] {
  const kept = (lost: readonly string[], say = cleaned) => {
    const [before, after] = [metrics, back].map(list =>
      list
        .map(metric =>
          JSON.stringify(
            say(
              Object.fromEntries(
                Object.entries(metric).filter(
                  ([name, value]) =>
                    PARTS.includes(name) &&
                    !lost.includes(name) &&
                    (value ?? null) !== null,
                ),
              ),
            ),
          ),
        )
        .sort(),
    );
    return same(before, after);
  };
  if (metrics.length === 0) {
    return [];
  }
  if (!kept(OPTIONAL)) {
    return ['metrics'];
  }
  // What must be left out of sight for the rest to be the same, one part at a time.
  const lost = kept([])
    ? []
    : OPTIONAL.filter(name => !kept(OPTIONAL.filter(other => other !== name)));
  return [...lost, ...(kept(lost, ordered) ? [] : [MARKUP])].map(
    name => `metrics.${name}`,
  );
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

/** A value with its texts as exports of prose write them. */
function cleaned(value: unknown): unknown {
  return ordered(value, cleanText);
}

/** A value without spaces around its texts, and with the keys of maps in one order. */
function ordered(value: unknown, say = (text: string) => text): unknown {
  if (typeof value === 'string') {
    return say(value).trim();
  }
  if (Array.isArray(value)) {
    return value.map(item => ordered(item, say));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, entry]) => [say(key), ordered(entry, say)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  }
  return value;
}
