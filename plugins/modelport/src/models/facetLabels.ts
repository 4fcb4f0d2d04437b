import { TranslationFunction } from '@backstage/frontend-plugin-api';
import {
  CardState,
  DriftState,
  RiskTier,
} from '@modelport/plugin-modelport-common';
import { modelportTranslationRef } from '../translation';
import { FilterName } from './modelsView';

type Translate = TranslationFunction<typeof modelportTranslationRef.T>;

/** The text for a value of a filter: states in the reader's language, owners without their default parts. */
export function facetLabel(
  t: Translate,
  name: FilterName,
  value: string,
): string {
  if (name === 'owner') {
    return value.replace(/^(group|user):/, '').replace(/^default\//, '');
  }
  if (name === 'riskTier' && isRiskTier(value)) {
    return t(`components.risk.${value}`);
  }
  if (name === 'drift' && isDriftState(value)) {
    return t(`components.drift.${value}`);
  }
  if (name === 'card' && isCardState(value)) {
    return t(`models.filters.cardState.${value}`);
  }
  return value;
}

function isRiskTier(value: string): value is RiskTier {
  return ['low', 'medium', 'high'].includes(value);
}

function isDriftState(value: string): value is DriftState {
  return ['none', 'warning', 'drifting', 'unknown'].includes(value);
}

function isCardState(value: string): value is CardState {
  return ['present', 'missing'].includes(value);
}
