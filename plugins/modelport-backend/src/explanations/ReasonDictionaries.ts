import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  lintReasonCodes,
  ReasonCodeRevision,
  ReasonCodes,
  reasonCodesBody,
} from '@modelport/plugin-modelport-common';
import { EvidenceService } from '../evidence/EvidenceService';
import { contentDigest } from '../models/contentDigest';
import { ModelsService } from '../models/ModelsService';
import { DictionariesStore, StoredRevision } from './DictionariesStore';
import { ExplanationDocuments } from './ExplanationDocuments';
import { VersionOf } from './TreeModels';

/** A dictionary with where it stands. */
export interface FoundDictionary {
  digest: string;
  dictionary: ReasonCodes;
  from: 'file' | 'portal';
  revision: number | null;
}

/** A model that the caller may see. */
type ModelOf = Pick<VersionOf, 'source' | 'name' | 'visibility'>;

const STATES = {
  confirm: 'confirmed',
  refuse: 'refused',
  withdraw: 'withdrawn',
} as const;

/**
 * Dictionaries of reason codes: the one that people wrote in the portal and another person confirmed counts for every
 * version; without one, the file among the version's artefacts.
 */
export class ReasonDictionaries {
  constructor(
    private readonly options: {
      store: DictionariesStore;
      documents: ExplanationDocuments;
      evidence: Pick<EvidenceService, 'documentsOf' | 'monitoringDocuments'>;
      models: Pick<ModelsService, 'get'>;
    },
  ) {}

  /** @throws `NotFoundError` where the version has none. */
  async find(of: VersionOf): Promise<FoundDictionary> {
    const confirmed = await this.options.store.find(of, { state: 'confirmed' });
    const found = confirmed ? toFound(confirmed) : await this.inFile(of);
    if (!found) {
      throw new NotFoundError(
        `Version ${of.version} of ${of.name} has no reason-codes.yaml that could be read, and nobody confirmed a dictionary in the portal`,
      );
    }
    return found;
  }

  /** The one with a digest, whether it still counts or not. */
  async byDigest(
    of: VersionOf,
    digest: string,
  ): Promise<FoundDictionary | undefined> {
    const written = await this.options.store.find(of, { digest });
    return written ? toFound(written) : this.inFile(of, digest);
  }

  async list(of: ModelOf): Promise<ReasonCodeRevision[]> {
    const features = await this.featuresOf(of);
    const revisions = await this.options.store.list(of);
    return revisions.map(revision => withProblems(revision, features));
  }

  /** @throws `InputError` where it is no dictionary, `ConflictError` where its version was used before. */
  async propose(
    of: ModelOf,
    proposal: { dictionary: unknown; comment: string; by: string },
  ): Promise<ReasonCodeRevision> {
    const read = reasonCodesBody.safeParse(proposal.dictionary);
    if (!read.success) {
      const [issue] = read.error.issues;
      throw new InputError(
        `dictionary.${issue.path.join('.')}: ${
          issue.message
        }. Nothing was kept.`,
      );
    }
    const { version } = read.data;
    const known = await this.options.store.list(of);
    const used = known.find(
      one =>
        one.version === version &&
        !['refused', 'withdrawn'].includes(one.state),
    );
    if (used) {
      throw new ConflictError(
        `The version "${version}" of the dictionary is taken by ${used.revision}, which is ${used.state}; give it another one`,
      );
    }
    const digest = contentDigest(read.data);
    const file = await this.fileOfVersion(of, version);
    if (file && contentDigest(file.dictionary) !== digest) {
      throw new ConflictError(
        `The version "${version}" of the dictionary is that of the file of version ${file.of}, which says something else; give it another one`,
      );
    }
    const id = await this.options.store.propose(of, {
      dictionary: read.data,
      digest,
      comment: proposal.comment,
      by: proposal.by,
    });
    return this.get(of, id);
  }

  /**
   * Decides on a proposal.
   *
   * @throws `NotAllowedError` for one's own, or to withdraw another's; `ConflictError` where it is decided on already.
   */
  async decide(
    of: ModelOf,
    id: number,
    decision: {
      decision: 'confirm' | 'refuse' | 'withdraw';
      comment?: string;
      by: string;
    },
  ): Promise<ReasonCodeRevision> {
    const revision = await this.stored(of, id);
    const isOwn = revision.proposedBy === decision.by;
    if (isOwn !== (decision.decision === 'withdraw')) {
      throw new NotAllowedError(
        isOwn
          ? 'Nobody decides on a dictionary that they proposed themselves; another person must'
          : 'Only who proposed a dictionary withdraws it',
      );
    }
    if (revision.state !== 'proposed') {
      throw new ConflictError(
        `The dictionary ${id} of ${of.name} is ${revision.state} already; nothing was changed`,
      );
    }
    await this.options.store.decide(of, {
      revision,
      state: STATES[decision.decision],
      comment: decision.comment ?? null,
      by: decision.by,
    });
    return this.get(of, id);
  }

  private async get(of: ModelOf, id: number): Promise<ReasonCodeRevision> {
    return withProblems(await this.stored(of, id), await this.featuresOf(of));
  }

  private async stored(of: ModelOf, id: number): Promise<StoredRevision> {
    const found = await this.options.store.find(of, { id });
    if (!found) {
      throw new NotFoundError(`There is no dictionary ${id} of ${of.name}`);
    }
    return found;
  }

  /** Features of the latest version, as far as an explanation names them. */
  private async featuresOf(of: ModelOf): Promise<string[] | null> {
    const { latestVersion } = await this.options.models.get(
      of.source,
      of.name,
      of.visibility,
    );
    const explanation =
      latestVersion === null
        ? undefined
        : await this.options.documents.find({ ...of, version: latestVersion });
    return explanation?.summary.features.map(({ name }) => name) ?? null;
  }

  /** A dictionary with a version among the artefacts of any version of the model. */
  private async fileOfVersion(
    of: ModelOf,
    version: string,
  ): Promise<{ of: string; dictionary: ReasonCodes } | undefined> {
    const documents = this.options.evidence.monitoringDocuments();
    for (const { id, subject } of await documents.of(of, ['reason-codes'])) {
      const read = reasonCodesBody.safeParse(await documents.body(id));
      if (read.success && read.data.version === version) {
        return { of: subject.version, dictionary: read.data };
      }
    }
    return undefined;
  }

  private async inFile(
    of: VersionOf,
    digest?: string,
  ): Promise<FoundDictionary | undefined> {
    const documents = await this.options.evidence.documentsOf(of, {
      kind: 'reason-codes',
      limit: 1,
      digest,
    });
    for (const { evidence, body } of documents) {
      const dictionary = reasonCodesBody.safeParse(body);
      if (dictionary.success) {
        return {
          digest: evidence.digest,
          dictionary: dictionary.data,
          from: 'file',
          revision: null,
        };
      }
    }
    return undefined;
  }
}

function toFound({ digest, dictionary, revision }: StoredRevision) {
  return { digest, dictionary, from: 'portal' as const, revision };
}

function withProblems(
  revision: StoredRevision,
  features: string[] | null,
): ReasonCodeRevision {
  return {
    ...revision,
    problems: lintReasonCodes(revision.dictionary, features),
  };
}
