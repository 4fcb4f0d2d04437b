import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { RiskTier } from '@modelport/plugin-modelport-common';
import { ModelsVisibility } from './modelsFilter';

const TIERS: RiskTier[] = ['low', 'medium', 'high'];

/**
 * Whether the caller may read every model that a source may hold, also one that could not be read yet and of which
 * neither owner nor tier is known. Where that depends on the model it is false.
 */
export function readsAllOf(
  source: string,
  visibility: ModelsVisibility,
): boolean {
  return visibility === undefined || holds(visibility, source) === true;
}

/** Whether criteria hold for all models of a source, or for none; undefined where that depends on the model. */
function holds(
  criteria: NonNullable<ModelsVisibility>,
  source: string,
): boolean | undefined {
  if (isNotCriteria(criteria)) {
    const inner = holds(criteria.not, source);
    return inner === undefined ? undefined : !inner;
  }
  if (isAndCriteria(criteria)) {
    const parts = criteria.allOf.map(part => holds(part, source));
    return parts.includes(false) ? false : unlessUnsure(parts, true);
  }
  if (isOrCriteria(criteria)) {
    const parts = criteria.anyOf.map(part => holds(part, source));
    return parts.includes(true) ? true : unlessUnsure(parts, false);
  }
  const { key, values } = criteria;
  if (key === 'source') {
    return values.includes(source);
  }
  if (key === 'riskTier' && TIERS.every(tier => values.includes(tier))) {
    return true;
  }
  return values.length === 0 ? false : undefined;
}

function unlessUnsure(
  parts: Array<boolean | undefined>,
  result: boolean,
): boolean | undefined {
  return parts.includes(undefined) ? undefined : result;
}
