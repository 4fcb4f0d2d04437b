import { useSignal } from '@backstage/plugin-signals-react';
import { useEffect, useRef } from 'react';

const CHANNEL = 'modelport:promotions';

/** How often is asked where nothing tells of changes. */
const POLL_MS = 10_000;
/** How often is asked all the same where signals do: one may be missed. */
const POLL_WITH_SIGNALS_MS = 60_000;

/** What a signal says: which promotion has changed. */
interface PromotionSignal {
  [key: string]: string | number;
  id: string;
}

/**
 * Calls whenever promotions may have changed: at once where the portal has signals, by asking from time to time where it
 * has none, and never while nobody looks.
 *
 * @param options - `only` is the promotion that matters, every one where left out; `pollMs` how often is asked where
 *   there are no signals.
 */
export function usePromotionSignal(
  onChange: () => void,
  options: { only?: string; pollMs?: number } = {},
): void {
  const { only, pollMs = POLL_MS } = options;
  const { lastSignal, isSignalsAvailable } =
    useSignal<PromotionSignal>(CHANNEL);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });

  useEffect(() => {
    if (lastSignal && (only === undefined || lastSignal.id === only)) {
      latest.current();
    }
  }, [lastSignal, only]);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') {
        latest.current();
      }
    };
    const timer = setInterval(
      look,
      isSignalsAvailable ? POLL_WITH_SIGNALS_MS : pollMs,
    );
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [isSignalsAvailable, pollMs]);
}
