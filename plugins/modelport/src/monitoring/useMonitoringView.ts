import { useSearchParams } from 'react-router-dom';

/** Stands for what is about all features together. */
export const ALL_FEATURES = '*';

const KEYS = ['version', 'from', 'to', 'tool', 'statistic', 'feature'] as const;

type Key = (typeof KEYS)[number];

/** What of a version's monitoring is shown; held in the address. */
export function useMonitoringView() {
  const [params, setParams] = useSearchParams();
  const change = (part: Partial<Record<Key, string | null>>) =>
    setParams(before => {
      const next = new URLSearchParams(before);
      for (const key of KEYS) {
        const value = part[key];
        if (value === null || value === '') {
          next.delete(key);
        } else if (value !== undefined) {
          next.set(key, value);
        }
      }
      return next;
    });
  const get = (key: Key) => params.get(key) ?? undefined;
  return {
    version: get('version'),
    /** Days, UTC; the last one is in. */
    from: get('from'),
    to: get('to'),
    tool: get('tool'),
    statistic: get('statistic'),
    feature: get('feature'),
    change,
  };
}
