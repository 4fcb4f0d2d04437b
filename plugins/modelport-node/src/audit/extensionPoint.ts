import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * A signed head of the audit chain: up to `seq` it ended in `digest`.
 *
 * @public
 */
export interface AuditHead {
  seq: number;
  digest: string;
  at: string;
  /**
   * SHA-256 of the signature (its base64 text) of the head that the same place kept before, so that a removed one
   * shows; zeros in its first. Absent in heads from before they were linked.
   */
  previous?: string;
  /** Ed25519 over `<seq> <digest> <at> <previous>` as UTF-8, in base64; over the first three where there is no link. */
  signature: string;
}

/**
 * A place outside the database where heads of the audit chain are kept, out of reach of who administers it.
 *
 * @public
 */
export interface AuditSink {
  name: string;
  write(head: AuditHead): Promise<void>;
  /** The heads that are kept there, in the order written; absent where it can't be read back. */
  read?(): Promise<AuditHead[]>;
}

/**
 * Takes sinks of the audit chain's heads from modules of the Modelport backend.
 *
 * @public
 */
export interface AuditSinksExtensionPoint {
  /**
   * Adds a sink.
   *
   * @throws `ConflictError` where a sink of the same name was added before.
   */
  addSink(sink: AuditSink): void;
}

/**
 * The extension point of sinks of the audit chain's heads.
 *
 * @public
 */
export const auditSinksExtensionPoint =
  createExtensionPoint<AuditSinksExtensionPoint>({
    id: 'modelport.audit.sinks',
  });
