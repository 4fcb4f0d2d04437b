/** Id of what is printed of the card's page. */
export const PRINTED = 'modelport-card';
/** Class of what stands on the screen only. */
export const NOT_PRINTED = 'modelport-not-printed';
/** Class of what stands on paper only. */
export const ONLY_PRINTED = 'modelport-only-printed';

const CARD = `#${PRINTED}`;

/**
 * On paper there is the card alone, in black on white whatever the theme, on as many pages as it takes: what is around it
 * is left out, and nothing that it lies in cuts it off.
 */
export const PRINT_STYLES = {
  // Twice, so that it outweighs what a row or a box of the theme says of itself.
  [`.${ONLY_PRINTED}.${ONLY_PRINTED}`]: { display: 'none' },
  '@page': { margin: '15mm 12mm' },
  '@media print': {
    [`body *:not(${CARD}):not(${CARD} *):not(:has(${CARD}))`]: {
      display: 'none !important',
    },
    [`html, body, body :has(${CARD})`]: {
      display: 'block !important',
      position: 'static !important',
      overflow: 'visible !important',
      width: 'auto !important',
      height: 'auto !important',
      minHeight: '0 !important',
      maxHeight: 'none !important',
      margin: '0 !important',
      padding: '0 !important',
      background: 'none !important',
    },
    [`${CARD}, ${CARD} *`]: {
      color: '#000 !important',
      background: 'none !important',
      borderColor: '#999 !important',
      boxShadow: 'none !important',
    },
    [`${CARD} tr, ${CARD} li`]: { breakInside: 'avoid' },
    [`${CARD} h2, ${CARD} h3`]: { breakAfter: 'avoid' },
    [`${CARD} .MuiTableContainer-root, ${CARD} .MuiCard-root`]: {
      overflow: 'visible !important',
    },
    [`${CARD} .${NOT_PRINTED}, ${CARD} button`]: {
      display: 'none !important',
    },
    [`${CARD} div.${ONLY_PRINTED}`]: { display: 'block' },
    [`${CARD} span.${ONLY_PRINTED}`]: { display: 'inline' },
    [`${CARD} tr.${ONLY_PRINTED}`]: { display: 'table-row' },
  },
} as const;
