import { createHash } from 'node:crypto';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { SourcePage } from '@modelport/plugin-modelport-node';
import { z } from 'zod';

/** Items that two pages share; fewer where pages are shorter, so that each brings something new. */
const OVERLAP = 10;
const MOST_RESTARTS = 3;
/** Enough for five million models in pages of a thousand. */
const MOST_PAGES = 5000;

export interface Listing<T> {
  /** For error messages. */
  where: string;
  pageSize: number;
  /** Undefined where the item can't be told from others. */
  keyOf(item: T): string | undefined;
  read(
    serverToken: string | undefined,
  ): Promise<{ items: T[]; nextPageToken: string | undefined }>;
}

const positionSchema = z.object({
  /** The server's own token. */
  token: z.string().optional(),
  /** Digests of the last keys before it. */
  last: z.array(z.string()).default([]),
  restarts: z.number().int().min(0).default(0),
  /** Pages read so far. */
  pages: z.number().int().min(0).default(0),
});

type Position = z.output<typeof positionSchema>;

/**
 * One page of a listing whose order is stable. MLflow's tokens are offsets, and an offset skips what moved before it
 * when something is deleted meanwhile. So each page is asked for with an overlap: where the last keys of the page
 * before are not found in it, the position was lost, is looked for one page further back, and at last the walk starts
 * over. Nothing that was there all the time is ever left out; some of it may come twice.
 *
 * @throws `ServiceUnavailableError` where tokens lead in a circle or the walk was started over too often
 */
export async function walkListing<T>(
  listing: Listing<T>,
  pageToken: string | undefined,
): Promise<SourcePage<T>> {
  const position = readPosition(pageToken);
  if (position.pages >= MOST_PAGES) {
    throw new ServiceUnavailableError(
      `${listing.where} has no end after ${MOST_PAGES} pages. What was read is kept.`,
    );
  }
  const offset = offsetOf(position.token);
  if (
    position.token === undefined ||
    offset === undefined ||
    position.last.length === 0
  ) {
    return readPage(listing, position.token, position);
  }
  const near = Math.max(0, offset - position.last.length);
  const far = Math.max(0, near - listing.pageSize);
  for (const start of new Set([near, far])) {
    const page = await readPage(listing, tokenOf(start), position);
    const at = page.items.findLastIndex(item => {
      const key = digestOf(listing, item);
      return key !== undefined && position.last.includes(key);
    });
    if (at >= 0) {
      return { ...page, items: page.items.slice(at + 1) };
    }
  }
  if (position.restarts >= MOST_RESTARTS) {
    throw new ServiceUnavailableError(
      `${listing.where} changes faster than it can be read: the place was lost ${MOST_RESTARTS} times. What was read before stays.`,
    );
  }
  return readPage(listing, undefined, {
    last: [],
    restarts: position.restarts + 1,
    pages: position.pages,
  });
}

async function readPage<T>(
  listing: Listing<T>,
  serverToken: string | undefined,
  position: Position,
): Promise<SourcePage<T>> {
  const { items, nextPageToken } = await listing.read(serverToken);
  if (!nextPageToken) {
    return { items };
  }
  const last = items
    .slice(items.length - Math.min(OVERLAP, Math.floor(items.length / 2)))
    .flatMap(item => digestOf(listing, item) ?? []);
  const offset = offsetOf(nextPageToken);
  const endsAsTheOneBefore =
    last.length > 0 && last.join() === position.last.join();
  const isCircle =
    items.length === 0 ||
    nextPageToken === serverToken ||
    (offset === undefined
      ? endsAsTheOneBefore
      : offset <= (offsetOf(serverToken) ?? 0));
  if (isCircle) {
    throw new ServiceUnavailableError(
      `${listing.where} leads in a circle: it names a next page that brings nothing new. What was read before stays.`,
    );
  }
  return {
    items,
    nextPageToken: writePosition({
      token: nextPageToken,
      last,
      restarts: position.restarts,
      pages: position.pages + 1,
    }),
  };
}

function digestOf<T>(listing: Listing<T>, item: T): string | undefined {
  const key = listing.keyOf(item);
  return key === undefined
    ? undefined
    : createHash('sha256').update(key).digest('base64url').slice(0, 16);
}

function writePosition(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function readPosition(pageToken: string | undefined): Position {
  if (pageToken === undefined) {
    return { last: [], restarts: 0, pages: 0 };
  }
  const position = positionSchema.safeParse(
    parseJson(Buffer.from(pageToken, 'base64url').toString('utf8')),
  );
  if (!position.success) {
    throw new InputError('The page token is none of this source');
  }
  return position.data;
}

const offsetSchema = z.strictObject({ offset: z.number().int().min(0) });

/** The offset in a token of MLflow's own kind; undefined where the server has tokens of another kind. */
function offsetOf(token: string | undefined): number | undefined {
  const parsed = offsetSchema.safeParse(
    parseJson(Buffer.from(token ?? '', 'base64').toString('utf8')),
  );
  return parsed.success ? parsed.data.offset : undefined;
}

function tokenOf(offset: number): string | undefined {
  return offset === 0
    ? undefined
    : Buffer.from(JSON.stringify({ offset })).toString('base64');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
