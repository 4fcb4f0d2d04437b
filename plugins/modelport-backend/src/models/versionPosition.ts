/**
 * Where a version stands among the others of its model: numbers by value, dotted numbers part by part, anything else
 * by the time of its creation (milliseconds since 1970).
 */
export function versionPosition(
  version: string,
  createdAt: number | null,
): number {
  const parts = version.match(/^v?(\d{1,9})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?$/);
  if (!parts) {
    return createdAt ?? 0;
  }
  const [major, minor, patch] = parts.slice(1).map(part => Number(part ?? 0));
  return major + minor / 1e4 + patch / 1e8;
}
