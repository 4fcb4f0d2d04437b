/**
 * The permission resource ref of a model: `source` and `name`, each URL-encoded, with a slash between.
 *
 * @public
 */
export function modelResourceRef(model: {
  source: string;
  name: string;
}): string {
  return `${encodeURIComponent(model.source)}/${encodeURIComponent(
    model.name,
  )}`;
}

/**
 * Reads a resource ref back; undefined where it is none.
 *
 * @public
 */
export function parseModelResourceRef(
  ref: string,
): { source: string; name: string } | undefined {
  const [source, name, ...rest] = ref.split('/');
  if (!source || !name || rest.length > 0) {
    return undefined;
  }
  try {
    return {
      source: decodeURIComponent(source),
      name: decodeURIComponent(name),
    };
  } catch {
    return undefined;
  }
}
