import { useEffect, useState } from 'react';

/** In this time a page has what it was opened for, in milliseconds. */
const AFTER_MS = 1_500;

/**
 * Whether the page has had time for what it was opened for. That the browser has nothing to do just now would not tell: it
 * may be waiting for the answers that matter, which an answer more would hold up.
 */
export function useIdle(): boolean {
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setIsIdle(true), AFTER_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return isIdle;
}
