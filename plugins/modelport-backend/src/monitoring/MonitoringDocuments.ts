import { MonitoringDocument } from './pointsOfDocument';
import { MonitoredVersion } from './PointToWrite';

/** A document of monitoring before it is read. */
export interface MonitoringDocumentHead {
  id: number;
  digest: string;
  kind: string;
  subject: MonitoredVersion;
  producer: MonitoringDocument['producer'];
  /** Who brought it. */
  by: string | null;
}

/** What monitoring reads of the evidence. */
export interface MonitoringDocuments {
  /** Readable documents of a model of some kinds, in the order in which they came. */
  of(
    model: { source: string; name: string },
    kinds: string[],
  ): Promise<MonitoringDocumentHead[]>;
  body(id: number): Promise<unknown>;
  /** Reads the artefacts of a version where that is due. */
  ensure(version: {
    source: string;
    name: string;
    version: string;
  }): Promise<void>;
  /** The newest explanation of a version; null where there is none. */
  explanation(
    version: MonitoredVersion,
  ): Promise<{ digest: string; body: unknown } | null>;
}
