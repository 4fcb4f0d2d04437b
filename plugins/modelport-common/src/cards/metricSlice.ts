const MARK = 'dataset=';
const NEXT = '; slice=';

/** Dataset and slice of a metric in the one text that other formats have for where it was measured. */
export function sliceText(metric: {
  dataset: string | null;
  slice: string | null;
}): string | undefined {
  if (metric.dataset === null) {
    return metric.slice ?? undefined;
  }
  return `${MARK}${metric.dataset}${
    metric.slice === null ? '' : `${NEXT}${metric.slice}`
  }`;
}

/** The same, read again; a text of others is a slice. */
export function readSliceText(text: unknown): {
  dataset?: string;
  slice?: string;
} {
  if (typeof text !== 'string') {
    return {};
  }
  if (!text.startsWith(MARK)) {
    return { slice: text };
  }
  const rest = text.slice(MARK.length);
  const at = rest.indexOf(NEXT);
  return at < 0
    ? { dataset: rest }
    : { dataset: rest.slice(0, at), slice: rest.slice(at + NEXT.length) };
}
