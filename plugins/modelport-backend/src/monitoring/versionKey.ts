import { MonitoredVersion } from './PointToWrite';

/** Columns that tell a version from every other. */
export function versionKey(version: MonitoredVersion) {
  return {
    source: version.source,
    name: version.name,
    version: version.version,
    version_created_at: version.createdAt ?? '',
  };
}
