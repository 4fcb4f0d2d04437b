import { useSearchParams } from 'react-router-dom';

/** Which card is shown, and to which it is compared; held in the address. */
export function useCardView() {
  const [params, setParams] = useSearchParams();
  const change = (key: string, value: string | undefined) =>
    setParams(before => {
      const next = new URLSearchParams(before);
      if (value) {
        next.set(key, value);
      } else {
        next.delete(key);
      }
      return next;
    });
  return {
    /** Undefined until someone chooses. */
    version: params.get('version') ?? undefined,
    baseline: params.get('compare') ?? undefined,
    setVersion: (version: string) => change('version', version),
    setBaseline: (version: string | undefined) => change('compare', version),
  };
}
