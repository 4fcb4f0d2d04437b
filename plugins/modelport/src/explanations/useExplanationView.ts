import { useSearchParams } from 'react-router-dom';

const KEYS = [
  'version',
  'class',
  'compare',
  'feature',
  'colour',
  'row',
  'rows',
  'axis',
  'cohort',
  'others',
  'grouped',
] as const;

/** What of an explanation is shown; held in the address. */
export type ExplanationView = Partial<Record<(typeof KEYS)[number], string>>;

/** What is shown, and how to change it. */
export function useExplanationView(): {
  view: ExplanationView;
  change: (part: ExplanationView) => void;
} {
  const [params, setParams] = useSearchParams();
  const view: ExplanationView = {};
  for (const key of KEYS) {
    view[key] = params.get(key) ?? undefined;
  }
  return {
    view,
    change: part =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          for (const key of KEYS) {
            if (key in part) {
              const value = part[key];
              if (value) {
                next.set(key, value);
              } else {
                next.delete(key);
              }
            }
          }
          return next;
        },
        { replace: true },
      ),
  };
}
