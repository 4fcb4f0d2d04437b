import { ModelSource } from '@modelport/plugin-modelport-node';
import { Ingest } from '../models/createIngest';
import { forEachAtOnce } from '../models/forEachAtOnce';
import { IngestProblem } from '../models/IngestProblem';

/** Items that are looked up one by one at the same time. */
const LOOKUPS = 4;

/** Known versions compared at once with those that were listed. */
const KNOWN_PAGE = 5000;

interface Unseen {
  source: ModelSource;
  ingest: Ingest;
  signal: AbortSignal;
  acceptRetirement: boolean;
  seenModels: Set<number>;
  seenVersions: Set<number>;
  /** Models that are there and could not be read, by name. */
  unreadable: Map<string, string>;
}

interface KnownVersion {
  id: number;
  name: string;
  version: string;
}

/**
 * Retires what a pass over everything did not see, once the source confirms for each that it is gone, and never half
 * of what is known at once unless a person accepted that.
 *
 * @returns what was kept although it was not seen, in words, nothing where the data is as it should be; and how much is
 * gone.
 */
export async function retireUnseen(
  options: Unseen,
): Promise<{ kept: IngestProblem[]; gone: number }> {
  const { source, ingest, signal } = options;
  const kept: IngestProblem[] = [];
  let retired = 0;
  const known = await ingest.models.current(source.id);
  const models = known.filter(
    model =>
      !options.seenModels.has(model.id) && !options.unreadable.has(model.name),
  );
  if (isAllowed(options, 'models', models.length, known.length, kept)) {
    const gone = await confirm(options, models, kept, async model =>
      source.getModel(model.name, { signal }),
    );
    await ingest.models.retire(gone.map(model => model.id));
    retired += gone.length;
  }
  const missing = new Set(models.map(model => model.name));
  const unseen = await unseenVersions(options, missing);
  const { versions } = unseen;
  if (isAllowed(options, 'versions', versions.length, unseen.known, kept)) {
    const gone = await confirm(options, versions, kept, async version =>
      source.getVersion(version.name, version.version, { signal }),
    );
    await ingest.versions.retire(gone.map(version => version.id));
    retired += gone.length;
  }
  return { kept, gone: retired };
}

/** Known versions that were not listed though their model was, and how many are known. */
async function unseenVersions(
  options: Unseen,
  missingModels: Set<string>,
): Promise<{ versions: KnownVersion[]; known: number }> {
  const { source, ingest, seenVersions, unreadable } = options;
  const versions: KnownVersion[] = [];
  let known = 0;
  let page: KnownVersion[] = [];
  do {
    page = await ingest.versions.current(source.id, {
      after: page.at(-1)?.id ?? 0,
      limit: KNOWN_PAGE,
    });
    known += page.length;
    versions.push(
      ...page.filter(
        version =>
          !seenVersions.has(version.id) &&
          !missingModels.has(version.name) &&
          !unreadable.has(version.name),
      ),
    );
  } while (page.length === KNOWN_PAGE);
  return { versions, known };
}

function isAllowed(
  options: Unseen,
  what: string,
  missing: number,
  known: number,
  problems: IngestProblem[],
): boolean {
  if (missing === 0) {
    return false;
  }
  if (missing > 1 && missing * 2 >= known && !options.acceptRetirement) {
    problems.push({
      where: options.source.id,
      message: `The source listed ${
        known - missing
      } of ${known} known ${what}. Retirement was refused: nothing was removed, the last good data stays. If they are really gone, accept it with the next sync.`,
    });
    return false;
  }
  return true;
}

async function confirm<T>(
  options: Unseen,
  items: T[],
  problems: IngestProblem[],
  lookUp: (item: T) => Promise<unknown>,
): Promise<T[]> {
  const gone: T[] = [];
  await forEachAtOnce(items, LOOKUPS, async item => {
    options.signal.throwIfAborted();
    if ((await lookUp(item)) === undefined) {
      gone.push(item);
    }
  });
  if (gone.length < items.length) {
    problems.push({
      where: options.source.id,
      message: `The source left ${
        items.length - gone.length
      } out of its list that it still has. They are kept as they were seen last.`,
    });
  }
  return gone;
}
