import { findEvidenceKind } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { describeIssues } from './describeIssues';

/** Names of kinds. */
export const KIND = /^[a-z][a-z0-9-]{0,63}$/;

/** What a document that says itself what it is has around its body. */
export const envelopeSchema = z.object({
  kind: z
    .string()
    .regex(KIND, 'expected lower-case letters, digits and dashes'),
  schemaVersion: z.number().int().min(0).max(1_000_000),
  producer: z
    .object({
      name: z.string().min(1).max(255),
      version: z.string().max(255).nullish(),
    })
    .nullish(),
  producedAt: z
    .union([z.iso.datetime({ offset: true }), z.iso.date()], {
      error:
        'expected a time with its zone or a day, such as 2026-11-22T10:00:00Z or 2026-11-22',
    })
    .nullish(),
  body: z.unknown(),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** Whether JSON says itself what it is. */
export function looksLikeEnvelope(content: unknown): boolean {
  return (
    typeof content === 'object' &&
    content !== null &&
    'kind' in content &&
    'schemaVersion' in content &&
    'body' in content
  );
}

/**
 * Takes a document of one kind out of what it says around it.
 *
 * @throws `Error` where it is none, of another kind, or of a version of the schema that is not read.
 */
export function openEnvelope(content: unknown, kind: string) {
  const read = envelopeSchema.safeParse(content);
  if (!read.success) {
    throw new Error(
      `It is no document of ${kind}: ${describeIssues(read.error)}`,
    );
  }
  const { producer, producedAt = null, body } = read.data;
  if (read.data.kind !== kind) {
    throw new Error(
      `It is no document of ${kind}: it says that it is ${read.data.kind}; expected kind "${kind}"`,
    );
  }
  const known = findEvidenceKind(kind);
  if (read.data.schemaVersion !== known?.schemaVersion) {
    throw new Error(
      `Version ${read.data.schemaVersion} of ${kind} is not known here; ${known?.schemaVersion} is`,
    );
  }
  return {
    schemaVersion: known.schemaVersion,
    producer: producer
      ? { name: producer.name, version: producer.version ?? null }
      : null,
    producedAt: producedAt ?? null,
    body,
  };
}
