import { useLocation, useNavigate } from 'react-router-dom';

/** What the history remembers of a page that was stepped to from the one before. */
export const STEPPED = { stepped: true };

/** The step back to the page before; undefined where the page was opened by its address. */
export function useStepBack(): (() => void) | undefined {
  const navigate = useNavigate();
  const { state } = useLocation();
  const isStepped =
    typeof state === 'object' && state !== null && 'stepped' in state;
  return isStepped ? () => navigate(-1) : undefined;
}
