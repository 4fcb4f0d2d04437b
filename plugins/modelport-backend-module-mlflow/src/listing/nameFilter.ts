/**
 * A filter on `name` that finds at least the model of this name, and others only where no exact filter can be written:
 * MLflow's filters have no escape, so a name with both quotes is matched with `_`, any one character, for whatever
 * could mean something. The caller drops the others.
 */
export function nameFilter(name: string): string {
  if (!name.includes("'")) {
    return `name = '${name}'`;
  }
  if (!name.includes('"')) {
    return `name = "${name}"`;
  }
  return `name LIKE '${name.replace(/[^\p{L}\p{N}]/gu, '_')}'`;
}
