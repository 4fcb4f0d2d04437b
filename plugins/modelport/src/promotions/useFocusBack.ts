import { useEffect, useState } from 'react';

/**
 * Where what opened a dialog is gone when the dialog closes, as a button is by what it did, the keyboard goes on in the
 * section that it stood in, and not at the top of the page.
 */
export function useFocusBack(): void {
  const [{ opener, section }] = useState(() => ({
    opener: document.activeElement,
    section: document.activeElement?.closest('section'),
  }));
  useEffect(
    () => () => {
      const place = section ?? document.querySelector('h1');
      if (opener?.isConnected === false && place instanceof HTMLElement) {
        place.tabIndex = -1;
        place.focus({ preventScroll: true });
      }
    },
    [opener, section],
  );
}
