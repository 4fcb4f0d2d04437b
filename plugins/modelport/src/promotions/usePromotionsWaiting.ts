import { useApi } from '@backstage/frontend-plugin-api';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { useIdle } from './useIdle';
import { usePromotionSignal } from './usePromotionSignal';

const POLL_MS = 60_000;

/**
 * How many promotions wait for a decision of who is signed in; undefined while that is not known. For the portal's
 * navigation.
 *
 * @public
 */
export function usePromotionsWaiting(): number | undefined {
  const api = useApi(modelportApiRef);
  const isIdle = useIdle();
  const { value, retry } = useLoad(isIdle ? 'counts' : undefined, () =>
    api.countPromotions(),
  );
  usePromotionSignal(retry, { pollMs: POLL_MS });
  return value?.waitingForMe;
}
