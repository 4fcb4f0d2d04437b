import {
  CARD_PATHS,
  CardBody,
  cardBody,
  CardMetric,
} from '@modelport/plugin-modelport-common';
import { AssembledCard } from './assembleCard';
import { MEASURED_METRICS } from './derivedFields';

/**
 * A card's values as exports hold them; a derived one that is larger than a card may be is left out. What was measured
 * stands among the metrics, behind what the writer states, but for what is the same; each says which it is.
 *
 * @returns the values, and what of the card they no longer say.
 */
export function exportedBody(card: AssembledCard): {
  body: CardBody;
  lost: string[];
} {
  const body: CardBody = {};
  const lost: string[] = [];
  for (const path of CARD_PATHS) {
    const result = cardBody.safeParse({ [path]: card.fields[path]?.value });
    if (result.success) {
      Object.assign(body, card.fields[path] ? result.data : {});
    } else {
      lost.push(path);
    }
  }
  const beside = card.fields[MEASURED_METRICS];
  const isMeasured = card.fields.metrics?.provenance.from === 'derived';
  const measured = beside
    ? cardBody.shape.metrics.safeParse(beside.value).data
    : [];
  const written = (!isMeasured && body.metrics) || [];
  const metrics = withOrigins(
    written,
    (isMeasured ? body.metrics : measured) ?? [],
  );
  const all = cardBody.shape.metrics.safeParse(metrics);
  if (!measured || (metrics.length > 0 && !all.success)) {
    lost.push(MEASURED_METRICS);
  }
  const kept = all.data ?? withOrigins(written, []);
  return {
    body: kept.length > 0 ? { ...body, metrics: kept } : body,
    lost,
  };
}

/** What the writer states, then what was measured beside it, each with its origin whatever a document says of that. */
function withOrigins(
  written: CardMetric[],
  measured: CardMetric[],
): CardMetric[] {
  const stated = new Set(written.map(identityOf));
  const found = new Set(measured.map(identityOf));
  return [
    ...written.map(
      (metric): CardMetric => ({
        ...metric,
        origin: found.has(identityOf(metric)) ? 'both' : 'written',
      }),
    ),
    ...measured
      .filter(metric => !stated.has(identityOf(metric)))
      .map((metric): CardMetric => ({ ...metric, origin: 'measured' })),
  ];
}

function identityOf({ key, value, dataset, slice }: CardMetric): string {
  return JSON.stringify([key, value, dataset, slice]);
}
