import { useEffect, useState } from 'react';

/** What comes sooner than this needs no sign that it is under way; a sign would only flash, and cost time to draw. */
const SLOW_MS = 150;

/** Whether it has taken long enough to show that something is under way. */
export function useSlow(): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return isSlow;
}
