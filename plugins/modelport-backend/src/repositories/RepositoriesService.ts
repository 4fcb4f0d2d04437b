import {
  BackstageCredentials,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  checkRepository,
  isOlderTemplate,
  readTemplateRecord,
  RepositoryFiles,
  RepositoryScorecard,
  TEMPLATE_VERSION,
} from '@modelport/plugin-modelport-common';
import { FairTurns } from '../evidence/FairTurns';
import { ModelsService } from '../models/ModelsService';
import { ModelsVisibility } from '../models/modelsFilter';
import { readRepositoryFiles, RepositoryLimits } from './readRepositoryFiles';
import { RepositoryLocation, repositoryLocation } from './repositoryLocation';

/** Repositories that are read at once; each is an archive from a git host. */
const AT_ONCE = 2;
/** Answers that are remembered. */
const MOST_REMEMBERED = 500;
/** How long an answer holds before it is asked whether the repository has changed. */
const HOLDS_MS = 5 * 60_000;
/** The same, for who asks again. */
const HOLDS_AGAIN_MS = 10_000;
const MOST_MESSAGE = 500;

const LIMITS: RepositoryLimits = {
  files: 20_000,
  bytes: 500_000_000,
  milliseconds: 30_000,
};

/** What the check of a repository came to. */
type Outcome = Pick<
  RepositoryScorecard,
  'state' | 'message' | 'score' | 'checks' | 'findings' | 'template'
>;

interface Remembered {
  outcome: Outcome;
  etag: string | undefined;
  readAt: number;
}

/** How far the repositories of models follow the standard. */
export class RepositoriesService {
  private readonly remembered = new Map<string, Remembered>();
  private readonly underWay = new Map<string, Promise<Remembered>>();
  private readonly turns = new FairTurns(AT_ONCE);

  constructor(
    private readonly options: {
      catalog: Pick<CatalogService, 'getEntityByRef'>;
      models: Pick<ModelsService, 'get'>;
      urlReader: Pick<UrlReaderService, 'readTree'>;
      limits?: RepositoryLimits;
      now?: () => Date;
    },
  ) {}

  /**
   * The scorecard of a model's repository, as the caller may know it: who sees neither the model nor its entity learns
   * nothing of the repository.
   *
   * @throws `NotFoundError` where there is no such model that the caller may see.
   */
  async scorecard(of: {
    source: string;
    name: string;
    visibility: ModelsVisibility;
    credentials: BackstageCredentials;
    /** Whether what is remembered is asked after. */
    again: boolean;
  }): Promise<RepositoryScorecard> {
    const { catalog, models } = this.options;
    const { source, name, visibility, credentials } = of;
    const { entityRef } = await models.get(source, name, visibility);
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    const location = entity
      ? repositoryLocation(entity)
      : { unknown: `The catalog shows you no entity ${entityRef}` };
    if ('unknown' in location) {
      return answer(null, notRead('unknown', location.unknown), null);
    }
    const { outcome, readAt } = await this.read(location.url, of.again);
    return answer(location, outcome, readAt);
  }

  private async read(url: string, again: boolean): Promise<Remembered> {
    const known = this.remembered.get(url);
    const holds = again ? HOLDS_AGAIN_MS : HOLDS_MS;
    if (known && this.now() - known.readAt < holds) {
      return known;
    }
    const asked =
      this.underWay.get(url) ??
      this.turns
        .take(url, () => this.readNow(url, known))
        .finally(() => this.underWay.delete(url));
    this.underWay.set(url, asked);
    return asked;
  }

  private async readNow(
    url: string,
    known: Remembered | undefined,
  ): Promise<Remembered> {
    const { urlReader, limits = LIMITS } = this.options;
    const keep = (outcome: Outcome, etag: string | undefined) => {
      const kept = { outcome, etag, readAt: this.now() };
      this.remembered.delete(url);
      this.remembered.set(url, kept);
      for (const oldest of this.remembered.keys()) {
        if (this.remembered.size <= MOST_REMEMBERED) {
          break;
        }
        this.remembered.delete(oldest);
      }
      return kept;
    };
    try {
      const { files, etag } = await readRepositoryFiles(urlReader, url, {
        etag: known?.etag,
        limits,
      });
      return keep(outcomeOf(files), etag);
    } catch (error) {
      if (known && isError(error) && error.name === 'NotModifiedError') {
        return keep(known.outcome, known.etag);
      }
      const message = isError(error) ? error.message : String(error);
      return keep(
        notRead('unreadable', message || 'It can’t be read'),
        undefined,
      );
    }
  }

  private now(): number {
    return (this.options.now?.() ?? new Date()).getTime();
  }
}

function outcomeOf(files: RepositoryFiles): Outcome {
  const { findings, checks } = checkRepository(files);
  const record = readTemplateRecord(files);
  return {
    state: 'read',
    message: null,
    score: (checks - findings.length) / checks,
    checks,
    findings,
    template: record
      ? {
          ref: record.template,
          version: record.version,
          newest: TEMPLATE_VERSION,
          isOutdated: isOlderTemplate(record.version, TEMPLATE_VERSION),
        }
      : null,
  };
}

function notRead(state: 'unknown' | 'unreadable', message: string): Outcome {
  return {
    state,
    message: message.slice(0, MOST_MESSAGE),
    score: null,
    checks: checkRepository(new Map()).checks,
    findings: [],
    template: null,
  };
}

function answer(
  location: RepositoryLocation | null,
  outcome: Outcome,
  readAt: number | null,
): RepositoryScorecard {
  return {
    ...outcome,
    url: location?.url ?? null,
    cloneUrl: location?.clone?.url ?? null,
    branch: location?.clone?.branch ?? null,
    readAt: readAt === null ? null : new Date(readAt).toISOString(),
  };
}
