import { createRequire } from 'node:module';
import {
  findEvidenceKind,
  SealedParts,
} from '@modelport/plugin-modelport-common';
import {
  EvidenceReader,
  EvidenceReading,
  FileToRead,
} from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { storableAll } from '../models/storable';
import { parseJson } from '../parseJson';
import { describeIssues } from './describeIssues';
import { Envelope, envelopeSchema, looksLikeEnvelope } from './envelope';
import { openParts } from './openParts';

const requireModule = createRequire(__filename);

/** What the schemas of pushed JSON are read by. */
const JSON_READER = 'json/1';

/** A document to read, as it goes to the worker. */
export interface ReadTask extends Pick<FileToRead, 'beside' | 'inputs'> {
  bytes: Uint8Array;
  /** Where it lies on this machine, instead of its bytes, where it is too large to be held. */
  file?: string;
  /** The kind that the part's name gives; null where the document itself says it. */
  kind: string | null;
  path: string | null;
  mediaType: string;
  /** The reader that knows such files; null reads JSON by the schema of its kind. */
  reader: {
    id: string;
    version: string;
    kind: string;
    module: EvidenceReader['module'];
  } | null;
}

/** What became of a document. */
export type ReadResult =
  | {
      /** It says neither what it is nor anything else: nothing can be kept. */
      refused: string;
    }
  | {
      refused?: undefined;
      kind: string;
      schemaVersion: number | null;
      producer: { name: string; version: string | null } | null;
      producedAt: string | null;
      reader: string | null;
      /** Why it could not be read, or what of it was left out; null where all of it was read. */
      message: string | null;
      /** JSON of what it says; null where it could not be read. */
      body: string | null;
      /** The window of time that its path says, which its bytes do not. */
      pathWindow?: string;
      /** Whether reading it was given up, which another time may not be. */
      isGivenUp?: boolean;
      /** Rows of single people that were taken out of the body. */
      rows?: SealedParts['rows'];
    };

/** Reads a document; what is wrong with it stands in the answer. */
export async function readDocument(task: ReadTask): Promise<ReadResult> {
  if (task.reader) {
    return readByReader(task, task.reader);
  }
  let content: unknown;
  try {
    content = parseJson(task.bytes);
  } catch (error) {
    return task.kind === null
      ? { refused: messageOf(error) }
      : unreadable(task.kind, messageOf(error));
  }
  if (task.kind !== null && !looksLikeEnvelope(content)) {
    return readBody({ kind: task.kind, schemaVersion: 1, body: content });
  }
  const envelope = envelopeSchema.safeParse(content);
  if (!envelope.success) {
    const message = describe(envelope.error);
    return task.kind === null
      ? { refused: message }
      : unreadable(task.kind, message);
  }
  if (task.kind !== null && task.kind !== envelope.data.kind) {
    return unreadable(
      task.kind,
      `The part is called ${task.kind}, but it says that it is ${envelope.data.kind}; expected the same kind in both.`,
    );
  }
  return readBody(envelope.data);
}

async function readByReader(
  task: ReadTask,
  reader: NonNullable<ReadTask['reader']>,
): Promise<ReadResult> {
  try {
    const { path, name } = reader.module;
    const loaded: Record<string, EvidenceReader> = requireModule(path);
    const { schemaVersion, producer, producedAt, body, problems } =
      task.file === undefined
        ? await loaded[name].read(task.bytes, task)
        : await readParts(loaded[name], task, task.file);
    return {
      kind: reader.kind,
      schemaVersion,
      producer,
      producedAt: isoTime(producedAt),
      reader: `${reader.id}/${reader.version}`,
      ...partsOf(reader.kind, checkedBody(reader.kind, body), problems),
    };
  } catch (error) {
    return {
      ...unreadable(reader.kind, messageOf(error, reader.kind)),
      reader: `${reader.id}/${reader.version}`,
    };
  }
}

async function readParts(
  reader: EvidenceReader,
  task: ReadTask,
  path: string,
): Promise<EvidenceReading> {
  const file = await openParts(path);
  try {
    if (!reader.readParts) {
      throw new Error(
        `It has ${file.byteLength} bytes, and files of this form are read up to 32 MB only`,
      );
    }
    return await reader.readParts(file, task);
  } finally {
    await file.close();
  }
}

function readBody(envelope: Envelope): ReadResult {
  const { kind, schemaVersion } = envelope;
  const said = {
    kind,
    schemaVersion,
    producer: envelope.producer ? withoutNullish(envelope.producer) : null,
    producedAt: isoTime(envelope.producedAt),
  };
  const known = findEvidenceKind(kind);
  if (!known) {
    return {
      ...unreadable(kind, `No reader of this portal reads the kind ${kind}.`),
      ...said,
    };
  }
  if (schemaVersion !== known.schemaVersion) {
    return {
      ...unreadable(
        kind,
        `It follows version ${schemaVersion} of the schema; this portal reads version ${known.schemaVersion}.`,
      ),
      ...said,
    };
  }
  const body = known.body.safeParse(envelope.body);
  if (!body.success) {
    return { ...unreadable(kind, describe(body.error, kind)), ...said };
  }
  try {
    return {
      ...said,
      reader: JSON_READER,
      ...partsOf(kind, body.data),
    };
  } catch (error) {
    return { ...unreadable(kind, messageOf(error, kind)), ...said };
  }
}

/** A reader may be wrong about a damaged file: what it makes of it is held to the schema. */
function checkedBody(kind: string, body: unknown): unknown {
  const known = findEvidenceKind(kind);
  return known && !known.seal ? known.body.parse(body) : body;
}

/**
 * What is kept of a body in the clear, and its rows of single people, each text of it as any database can hold it; the
 * message says what was left out.
 */
function partsOf(kind: string, read: unknown, problems: string[] = []) {
  const known = findEvidenceKind(kind);
  const storableBody = storableAll(read);
  const { body, leftOut = null } = known?.bound?.(storableBody) ?? {
    body: storableBody,
  };
  const said = leftOut === null ? problems : [...problems, leftOut];
  const message = said.length > 0 ? inShort(said) : null;
  const sealed = known?.seal?.(body);
  return sealed
    ? { message, body: JSON.stringify(sealed.kept), rows: sealed.rows }
    : {
        message,
        body: JSON.stringify(body),
        pathWindow: pathWindowOf(body),
      };
}

const placedByPath = z.object({
  windowFrom: z.literal('path'),
  window: z.object({ start: z.string(), end: z.string() }),
});

function pathWindowOf(body: unknown): string | undefined {
  const placed = placedByPath.safeParse(body);
  return placed.success
    ? `${placed.data.window.start}/${placed.data.window.end}`
    : undefined;
}

function unreadable(kind: string, message: string) {
  return {
    kind,
    schemaVersion: null,
    producer: null,
    producedAt: null,
    reader: null,
    message,
    body: null,
  };
}

function withoutNullish(producer: { name: string; version?: string | null }) {
  return { name: producer.name, version: producer.version ?? null };
}

function isoTime(time: string | null | undefined): string | null {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

const MOST_ISSUES = 5;
const MOST_PROBLEM = 500;
const MOST_MESSAGE = 1_000;

function inShort(problems: string[]): string {
  const more = problems.length - MOST_ISSUES;
  const named = problems
    .slice(0, MOST_ISSUES)
    .map(problem => problem.slice(0, MOST_PROBLEM));
  return `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function describe(error: z.ZodError, kind?: string): string {
  return `It does not follow ${
    kind === undefined
      ? 'the form of a document (kind, schemaVersion, producer, producedAt, body)'
      : `the schema of ${kind}, which GET /api/modelport/v1/evidence-schemas gives to whoever may read models`
  }: ${describeIssues(error)}.`;
}

/** A message may name what is in the file, which may be long. */
function messageOf(error: unknown, kind?: string): string {
  if (error instanceof z.ZodError) {
    return describe(error, kind);
  }
  if (
    (error instanceof TypeError || error instanceof RangeError) &&
    !('code' in error)
  ) {
    // What a damaged file makes a reader stumble over says nothing to whoever wrote the file.
    return 'The file is damaged, or not what its name and type say: its parts do not fit together.';
  }
  const message = error instanceof Error ? error.message : String(error);
  return message.length > MOST_MESSAGE
    ? `${message.slice(0, MOST_MESSAGE)}…`
    : message || 'It could not be read';
}
