import { useApi } from '@backstage/frontend-plugin-api';
import { Promotion, PromotionState } from '@modelport/plugin-modelport-common';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { Loaded, useLoad } from '../api/useLoad';
import { messageOf, statusOf } from '../components/FailedState';
import { usePromotionSignal } from './usePromotionSignal';

/** States in which something is decided: what changes in others is shown, and nobody has to look first. */
const DECIDED_IN: PromotionState[] = ['requested', 'in_review'];

/** What became of the last thing that was asked for. */
export interface Refusal {
  message: string;
  /** Whether the promotion was another one by then. */
  isConflict: boolean;
}

/** A promotion that is kept up to date, and what can be done with it. */
export interface PromotionControl {
  loaded: Loaded<Promotion>;
  /** What the reader has looked at: decisions are about this. */
  looked: Promotion | undefined;
  /** Whether it has changed since the reader looked. */
  isNew: boolean;
  look(): void;
  busy: boolean;
  refusal: Refusal | undefined;
  /** Does something, and says whether it was done. */
  act(what: () => Promise<Promotion>): Promise<boolean>;
}

export function usePromotion(id: string): PromotionControl {
  const api = useApi(modelportApiRef);
  const loaded = useLoad(id, () => api.getPromotion(id), {
    keepPrevious: true,
  });
  const { value, retry } = loaded;
  usePromotionSignal(retry, { only: id });
  const [looked, setLooked] = useState<Promotion>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  // The first that is seen is looked at; so is whatever one's own doing made of it.
  const seen = looked ?? value;
  if (!looked && value) {
    setLooked(value);
  }
  const isNew =
    value !== undefined &&
    seen !== undefined &&
    value.revision > seen.revision &&
    DECIDED_IN.includes(value.state);
  return {
    loaded: {
      ...loaded,
      // What one's own doing made may be newer than what was asked for before.
      value: value && seen && seen.revision > value.revision ? seen : value,
    },
    looked: seen,
    isNew,
    look: () => {
      setLooked(value);
      setRefusal(undefined);
    },
    busy,
    refusal,
    act: async what => {
      setBusy(true);
      setRefusal(undefined);
      try {
        setLooked(await what());
        return true;
      } catch (error) {
        setRefusal({
          message: error instanceof Error ? messageOf(error) : String(error),
          isConflict: error instanceof Error && statusOf(error) === 409,
        });
        return false;
      } finally {
        setBusy(false);
        retry();
      }
    },
  };
}
