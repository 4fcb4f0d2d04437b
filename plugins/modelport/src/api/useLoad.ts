import { useCallback, useEffect, useRef, useState } from 'react';

/** What a page knows of an answer that it asked for. */
export interface Loaded<T> {
  /** The last good answer; kept while it is asked for again, and where that fails. */
  value?: T;
  /** Why the newest answer did not come. */
  error?: Error;
  loading: boolean;
  /** Asks again. */
  retry: () => void;
}

interface Settled<T> {
  key?: string;
  attempt?: number;
  value?: T;
  error?: Error;
}

/**
 * Asks for something whenever its key changes; answers that come late, for another key, are dropped.
 *
 * @param key - Names what is asked for; nothing is asked for while it is undefined.
 * @param options - `keepPrevious` shows the answer for the key before until the new one is there, so that nothing jumps.
 */
export function useLoad<T>(
  key: string | undefined,
  load: () => Promise<T>,
  options: { keepPrevious?: boolean } = {},
): Loaded<T> {
  const { keepPrevious = false } = options;
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<Settled<T>>({});
  // The first question is asked while the page is drawn for the first time, and not after that.
  const [early] = useState(() => askEarly(key, load));
  const latestLoad = useRef(load);
  useEffect(() => {
    latestLoad.current = load;
  });

  useEffect(() => {
    if (key === undefined) {
      return undefined;
    }
    let wanted = true;
    const asked = early.answer ?? latestLoad.current();
    early.answer = undefined;
    asked.then(
      value => wanted && setSettled({ key, attempt, value }),
      (error: Error) =>
        wanted &&
        setSettled(before => ({
          key,
          attempt,
          error,
          value: before.key === key || keepPrevious ? before.value : undefined,
        })),
    );
    return () => {
      wanted = false;
    };
  }, [key, attempt, keepPrevious, early]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  const isSettled = settled.key === key && settled.attempt === attempt;
  const isShown = settled.key === key || (keepPrevious && key !== undefined);
  return {
    value: isShown ? settled.value : undefined,
    error: isSettled ? settled.error : undefined,
    loading: key !== undefined && !isSettled,
    retry,
  };
}

function askEarly<T>(
  key: string | undefined,
  load: () => Promise<T>,
): { answer?: Promise<T> } {
  if (key === undefined) {
    return {};
  }
  const answer = load();
  // Drawing may be given up before anyone listens.
  answer.catch(() => undefined);
  return { answer };
}
