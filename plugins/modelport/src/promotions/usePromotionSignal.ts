import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useEffect, useRef } from 'react';

const CHANNEL = 'modelport:promotions';

/** How often is asked all the same: a connection that was lost brings no signals, and says nothing of it. */
const POLL_MS = 15_000;

/** What a signal says: which promotion has changed. */
interface PromotionSignal {
  [key: string]: string | number;
  id: string;
}

/**
 * Calls whenever promotions may have changed: at once where the portal has signals, and by asking from time to time
 * while somebody looks.
 *
 * @param options - `only` is the promotion that matters, every one where left out; `pollMs` how often is asked
 *   without one.
 */
export function usePromotionSignal(
  onChange: () => void,
  options: { only?: string; pollMs?: number } = {},
): void {
  const { only, pollMs = POLL_MS } = options;
  const signals = useApiHolder().get(signalApiRef);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });

  useEffect(() => {
    // Not by `useSignal`: of two signals at once it shows one, which may be about another promotion.
    const subscription = signals?.subscribe<PromotionSignal>(
      CHANNEL,
      ({ id }) => {
        if (only === undefined || id === only) {
          latest.current();
        }
      },
    );
    return () => subscription?.unsubscribe();
  }, [signals, only]);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') {
        latest.current();
      }
    };
    const timer = setInterval(look, pollMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [pollMs]);
}
