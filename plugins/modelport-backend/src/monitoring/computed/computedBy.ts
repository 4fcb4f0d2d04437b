/** Who computed the documents of monitors. */
export const COMPUTED_BY = 'modelport:monitor';

/** The name under which their figures stand. */
export const COMPUTED_TOOL = 'Modelport';
