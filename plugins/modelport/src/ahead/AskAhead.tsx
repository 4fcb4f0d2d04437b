import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';
import { modelportAheadApiRef } from '../api/extensions';
import { openedPage } from './loadAhead';

/**
 * Asks for what the page that the browser was opened at shows first. It stands beside the sign-in page: requests wait
 * for the person, and are on their way while the rest of the app is drawn.
 */
export function AskAhead() {
  const api = useApi(modelportAheadApiRef);
  useEffect(() => {
    openedPage()
      ?.then(page => page.askAhead(api, window.location))
      // Whoever needs the answer asks again, and says why it does not come.
      .catch(() => undefined);
  }, [api]);
  return null;
}
