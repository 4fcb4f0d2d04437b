import { useEffect, useState } from 'react';

/** Waits no longer than this for the page to have nothing else to do, in milliseconds. */
const AT_MOST_MS = 2_000;

/** Whether the browser has had nothing more pressing to do since the page was drawn; not every browser can tell. */
export function useIdle(): boolean {
  const [isIdle, setIsIdle] = useState(!('requestIdleCallback' in window));
  useEffect(() => {
    if (isIdle) {
      return undefined;
    }
    const handle = window.requestIdleCallback(() => setIsIdle(true), {
      timeout: AT_MOST_MS,
    });
    return () => window.cancelIdleCallback(handle);
  }, [isIdle]);
  return isIdle;
}
