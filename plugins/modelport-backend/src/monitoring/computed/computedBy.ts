/** Who computed the documents of monitors. */
export const COMPUTED_BY = 'modelport:monitor';
