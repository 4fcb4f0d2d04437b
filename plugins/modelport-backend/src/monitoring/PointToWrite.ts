/** What tells a series from every other of a version. */
export interface SeriesKey {
  /** A check says that a tool looked at the data of a window, whether it found something or not. */
  kind: 'drift' | 'performance' | 'finding' | 'check' | 'profile';
  tool: string;
  toolVersion: string | null;
  feature: string | null;
  /** The statistic, metric or check, as the tool calls it. */
  statistic: string;
  variant: 'realised' | 'estimated' | null;
  method: string | null;
  slice: string | null;
  labels: 'all' | 'accepted-only' | 'unknown' | null;
  direction: 'above' | 'below';
  bins: number | null;
}

/** A figure with its window, on its way into the store. */
export interface PointToWrite {
  series: SeriesKey;
  /** Milliseconds, UTC. */
  start: number;
  end: number;
  isReference: boolean;
  value: number | 'NaN' | 'Infinity' | '-Infinity' | null;
  lower: number | null;
  upper: number | null;
  threshold: number | null;
  lowerThreshold: number | null;
  nReference: number | null;
  nCurrent: number | null;
  labelled: number | null;
  breach: boolean | null;
  /** Where it does not follow from the sizes. */
  noiseFloor: number | null;
  /** JSON of a profile, or the message of a finding. */
  detail: string | null;
}

/** A version; `createdAt` tells it from an older one of the same name. */
export interface MonitoredVersion {
  source: string;
  name: string;
  version: string;
  createdAt: string | null;
}

/** A document whose points are written. */
export interface ProjectedRow {
  documentId: number;
  digest: string;
  kind: string;
  unplaced: string | null;
  /** Whether it says all that there is of its window, so that what older ones of its tool say of it is no longer so. */
  isWhole?: boolean;
  /** Whether it counts again, although others came after it. */
  isAgain?: boolean;
}
