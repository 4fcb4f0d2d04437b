import { useEffect } from 'react';

/** Reads again, some time after the last answer, while something is to change without the person. */
export function useReadAgain(
  isMoving: boolean,
  options: {
    loaded: { retry: () => void; loading: boolean };
    milliseconds: number;
  },
): void {
  const { loaded, milliseconds } = options;
  const { retry, loading } = loaded;
  useEffect(() => {
    if (!isMoving || loading) {
      return undefined;
    }
    const timer = setTimeout(retry, milliseconds);
    return () => clearTimeout(timer);
  }, [isMoving, loading, retry, milliseconds]);
}
