import {
  CARD_PATHS,
  CardBody,
  cardBody,
  CardMetric,
} from '@modelport/plugin-modelport-common';
import { AssembledCard } from './assembleCard';
import { MEASURED_METRICS } from './derivedFields';

/** Named among what an export can't hold: which metrics were written, and which measured. */
const ORIGIN_OF_METRICS = 'metrics.origin';

/**
 * A card's values as exports hold them; a derived one that is larger than a card may be is left out. What was measured
 * stands among the metrics, behind what the writer states, but for what is the same.
 *
 * @returns the values, and what of the card they no longer say.
 */
export function exportedBody(card: AssembledCard): {
  body: CardBody;
  lost: string[];
} {
  const body: CardBody = Object.assign(
    {},
    ...CARD_PATHS.map(path => {
      const result = cardBody.safeParse({ [path]: card.fields[path]?.value });
      return result.success && card.fields[path] ? result.data : {};
    }),
  );
  const measured = cardBody.shape.metrics.safeParse(
    card.fields[MEASURED_METRICS]?.value,
  ).data;
  if (!measured) {
    return { body, lost: [] };
  }
  const written = body.metrics ?? [];
  const known = new Set(written.map(identityOf));
  const more = measured.filter(metric => !known.has(identityOf(metric)));
  const metrics = cardBody.shape.metrics.safeParse([...written, ...more]);
  return metrics.success
    ? {
        body: { ...body, metrics: metrics.data },
        lost: more.length > 0 && written.length > 0 ? [ORIGIN_OF_METRICS] : [],
      }
    : { body, lost: [MEASURED_METRICS] };
}

function identityOf({ key, value, dataset, slice }: CardMetric): string {
  return JSON.stringify([key, value, dataset, slice]);
}
