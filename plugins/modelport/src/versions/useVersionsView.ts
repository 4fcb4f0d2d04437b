import { useLocation, useSearchParams } from 'react-router-dom';
import { MOST_METRICS } from './MetricsButton';

/** More than this cannot be compared at once. */
export const MOST_COMPARED = 10;

function readTrail(state: unknown): string[] {
  if (typeof state !== 'object' || state === null || !('trail' in state)) {
    return [];
  }
  const { trail } = state;
  return Array.isArray(trail) && trail.every(item => typeof item === 'string')
    ? trail
    : [];
}

/** What the list of versions shows, held in the address. */
export function useVersionsView() {
  const [params, setParams] = useSearchParams();
  const location = useLocation();
  const trail = readTrail(location.state);
  const cursor = params.get('cursor') ?? undefined;

  const change = (
    edit: (next: URLSearchParams) => void,
    options?: { replace?: boolean; state?: unknown },
  ) => {
    const next = new URLSearchParams(params);
    edit(next);
    setParams(next, options);
  };
  const toCursor = (to: string | undefined, newTrail: string[]) =>
    change(next => (to ? next.set('cursor', to) : next.delete('cursor')), {
      state: { trail: newTrail },
    });

  return {
    cursor,
    chosen: params.getAll('select').slice(0, MOST_COMPARED),
    /** Undefined until someone chooses. */
    metrics: params.has('metric')
      ? params.getAll('metric').filter(Boolean).slice(0, MOST_METRICS)
      : undefined,
    choose: (versions: string[]) =>
      change(
        next => {
          next.delete('select');
          versions.forEach(version => next.append('select', version));
        },
        { replace: true, state: location.state },
      ),
    setMetrics: (keys: string[]) =>
      change(
        next => {
          next.delete('metric');
          (keys.length ? keys : ['']).forEach(key =>
            next.append('metric', key),
          );
        },
        { replace: true, state: location.state },
      ),
    toNext: (to: string) => toCursor(to, [...trail, cursor ?? '']),
    toFirst: cursor ? () => toCursor(undefined, []) : undefined,
    toPrevious:
      cursor && trail.length
        ? () =>
            toCursor(trail[trail.length - 1] || undefined, trail.slice(0, -1))
        : undefined,
  };
}
