import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  CardState,
  DriftState,
  ReviewState,
  RiskTier,
} from '@modelport/plugin-modelport-common';
import { componentTranslationRef } from '../components/messages';
import { NO_VALUE } from './FacetList';
import { modelTranslationRef } from './messages';
import { FilterName } from './modelsView';

/** Gives the text for a value of a filter: states in the reader's language, owners without their default parts. */
export function useFacetLabel(): (name: FilterName, value: string) => string {
  const { t } = useTranslationRef(modelTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  return (name, value) => {
    if (name === 'owner' && value === NO_VALUE) {
      return t('filters.unknownOwner');
    }
    if ((name === 'task' || name === 'framework') && value === NO_VALUE) {
      return t('filters.none');
    }
    if (name === 'owner') {
      return value.replace(/^(group|user):/, '').replace(/^default\//, '');
    }
    if (name === 'riskTier' && isRiskTier(value)) {
      return tComponent(`risk.${value}`);
    }
    if (name === 'drift' && isDriftState(value)) {
      return tComponent(`drift.${value}`);
    }
    if (name === 'card' && isCardState(value)) {
      return t(`filters.cardState.${value}`);
    }
    if (name === 'review' && isReviewState(value)) {
      return t(`filters.reviewState.${value}`);
    }
    return value;
  };
}

function isRiskTier(value: string): value is RiskTier {
  return ['low', 'medium', 'high'].includes(value);
}

function isDriftState(value: string): value is DriftState {
  return ['none', 'warning', 'drifting', 'unknown'].includes(value);
}

function isReviewState(value: string): value is ReviewState {
  return ['awaiting', 'none'].includes(value);
}

function isCardState(value: string): value is CardState {
  return ['present', 'missing'].includes(value);
}
