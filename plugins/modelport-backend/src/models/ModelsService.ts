import { InputError, NotFoundError, NotAllowedError } from '@backstage/errors';
import {
  ActivityPage,
  ChangePage,
  Comparison,
  Direction,
  EntityClaim,
  Measurement,
  Model,
  ModelPage,
  parseModelResourceRef,
  RiskTier,
  Version,
  VersionPage,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { AuditLog } from '../audit/AuditLog';
import { ModelportConfig } from '../config';
import { addMeasurements } from './addMeasurements';
import { checkClaims } from './checkClaims';
import { compareVersions } from './compareVersions';
import { AnsweredRow, SourceFreshness, toModel } from './modelRow';
import { ModelRows } from './ModelRows';
import { ModelsQuery, ModelsVisibility } from './modelsFilter';
import { FACETS } from './countFacet';
import { ModelsList } from './ModelsList';
import { ModelsStore } from './ModelsStore';
import { LISTED_DESCRIPTION, shortText } from './shortText';
import { isStorable } from './storable';
import { toVersion } from './versionRow';
import { VersionsStore } from './VersionsStore';

const MAX_COMPARED = 10;

/** Models and versions as the API answers them. */
export class ModelsService {
  constructor(
    private readonly options: {
      list: ModelsList;
      store: ModelsStore;
      rows: ModelRows;
      versions: VersionsStore;
      config: ModelportConfig;
      freshness: () => Promise<Map<string, SourceFreshness>>;
      /** Where decisions on models are recorded. */
      audit: Pick<AuditLog, 'append'>;
      /** What evidence says of a version's metrics. */
      measurements: (of: {
        source: string;
        name: string;
        version: string;
        createdAt: string | null;
      }) => Promise<Measurement[]>;
    },
  ) {}

  async list(options: {
    filters: ModelsQuery;
    visibility: ModelsVisibility;
    sort: string;
    limit: number;
    cursor?: string;
    facets: string[];
  }): Promise<ModelPage> {
    const unknown = options.facets.find(facet => !FACETS.includes(facet));
    if (unknown !== undefined) {
      throw new InputError(
        `There is no facet "${unknown}"; expected some of ${FACETS.join(', ')}`,
      );
    }
    const texts = Object.values(options.filters).flat();
    if (texts.some(text => text?.includes('\0'))) {
      throw new InputError('A filter holds the null character');
    }
    const { list } = this.options;
    const [{ rows, total, nextCursor }, freshness, ...facets] =
      await Promise.all([
        list.page(options),
        this.options.freshness(),
        ...options.facets.map(async facet => ({
          facet,
          values: await list.facet(facet, options.filters, options.visibility),
        })),
      ]);
    return {
      items: rows.map(row => this.toModel(row, freshness)),
      totalItems: total,
      nextCursor,
      ...(facets.length > 0
        ? {
            facets: Object.fromEntries(
              facets.map(({ facet, values }) => [facet, values]),
            ),
          }
        : {}),
    };
  }

  /** @throws `NotFoundError` where there is none that the caller may see. */
  async get(
    source: string,
    name: string,
    visibility: ModelsVisibility,
  ): Promise<Model> {
    const row = await this.options.rows.model(source, name, visibility);
    return this.toModel(row, await this.options.freshness());
  }

  /** @throws `NotFoundError` where there is no such model. */
  async confirmRiskTier(options: {
    source: string;
    name: string;
    visibility: ModelsVisibility;
    tier: RiskTier;
    comment: string;
    by: string;
    /** The caller and the groups that it belongs to. */
    ownershipRefs: string[];
    /** Why the caller may not lower the tier, besides that the model is theirs; asked where it is lowered. */
    whyNotLower?: () => Promise<string | undefined>;
  }): Promise<Model> {
    const row = await this.options.rows.model(
      options.source,
      options.name,
      options.visibility,
    );
    if (options.comment.trim() === '' || !isStorable(options.comment)) {
      throw new InputError(
        'The comment says nothing, or holds what is no character; nothing was recorded',
      );
    }
    const ranks: RiskTier[] = ['low', 'medium', 'high'];
    const lowers =
      ranks.indexOf(options.tier) <
      ranks.findIndex(tier => tier === row.risk_tier);
    if (lowers && row.owner && options.ownershipRefs.includes(row.owner)) {
      throw new NotAllowedError(
        `${options.name} belongs to ${row.owner}, of which you are a member; nobody lowers the risk tier of their own model. The tier stays ${row.risk_tier}.`,
      );
    }
    const why = lowers ? await options.whyNotLower?.() : undefined;
    if (why !== undefined) {
      throw new NotAllowedError(`${why}. The tier stays ${row.risk_tier}.`);
    }
    const decision = {
      tier: options.tier,
      by: options.by,
      at: new Date().toISOString(),
      comment: options.comment,
    };
    await this.options.store.confirmRiskTier(
      { id: row.id, before: row.risk_tier },
      decision,
      trx =>
        this.options.audit.append(trx, [
          {
            actor: decision.by,
            action: 'risk-tier.confirmed',
            source: row.source,
            name: row.name,
            at: decision.at,
            detail: {
              tier: decision.tier,
              before: row.risk_tier,
              wasConfirmed: row.risk_tier_confirmed !== null,
              comment: decision.comment,
            },
          },
        ]),
    );
    return this.get(options.source, options.name, options.visibility);
  }

  /** All whom the source names as authors of versions of a model. */
  async authors(source: string, name: string): Promise<string[]> {
    const row = await this.options.rows.model(source, name, undefined);
    return this.options.versions.authors(row.id);
  }

  async activities(
    source: string,
    name: string,
    visibility: ModelsVisibility,
    options: { limit: number; cursor?: string },
  ): Promise<ActivityPage> {
    const row = await this.options.rows.model(source, name, visibility);
    const page = await this.options.store.activities(row, options);
    return {
      items: page.items,
      totalItems: page.total,
      nextCursor: page.nextCursor,
    };
  }

  async listVersions(
    source: string,
    name: string,
    visibility: ModelsVisibility,
    options: { limit: number; cursor?: string },
  ): Promise<VersionPage> {
    const model = await this.options.rows.model(source, name, visibility);
    const [{ rows, total, nextCursor }, freshness] = await Promise.all([
      this.options.versions.list(model.id, options),
      this.options.freshness(),
    ]);
    return {
      items: rows.map(row => {
        const version = toVersion(row, model, freshness.get(source));
        return {
          ...version,
          description: shortText(version.description, LISTED_DESCRIPTION),
        };
      }),
      totalItems: total,
      nextCursor,
    };
  }

  async getVersion(
    source: string,
    name: string,
    version: string,
    visibility: ModelsVisibility,
  ): Promise<Version> {
    const { model, row } = await this.options.rows.version(
      source,
      name,
      version,
      visibility,
    );
    const freshness = await this.options.freshness();
    return this.withEvidence(toVersion(row, model, freshness.get(source)));
  }

  /** A version as its source has it, without what evidence says of its metrics. */
  async sourceVersion(
    source: string,
    name: string,
    version: string,
  ): Promise<Version> {
    const { model, row } = await this.options.rows.version(
      source,
      name,
      version,
      undefined,
    );
    const freshness = await this.options.freshness();
    return toVersion(row, model, freshness.get(source));
  }

  /** @throws `InputError` where fewer than two or more than ten versions are named, or one twice. */
  async compare(
    source: string,
    name: string,
    names: string[],
    visibility: ModelsVisibility,
  ): Promise<Comparison> {
    if (
      names.length < 2 ||
      names.length > MAX_COMPARED ||
      new Set(names).size !== names.length
    ) {
      throw new InputError(
        `Expected 2 to ${MAX_COMPARED} different versions, but got ${names.length}`,
      );
    }
    const [model, freshness] = await Promise.all([
      this.options.rows.model(source, name, visibility),
      this.options.freshness(),
    ]);
    const rows = await this.options.versions.getAll(
      model.id,
      names.filter(version => !version.includes('\0')),
    );
    const versions = names.map(async version => {
      const row = rows.get(version);
      if (!row) {
        throw new NotFoundError(
          `There is no version "${version}" of the model "${name}" in the source "${source}"`,
        );
      }
      return this.withEvidence(toVersion(row, model, freshness.get(source)));
    });
    return compareVersions(
      await Promise.all(versions),
      this.configuredDirections(),
    );
  }

  /** What is another one whenever the source says something else of the version itself; opaque. */
  async versionState(
    source: string,
    name: string,
    version: string,
    visibility: ModelsVisibility,
  ): Promise<{ createdAt: string | null; state: string }> {
    const { row } = await this.options.rows.version(
      source,
      name,
      version,
      visibility,
    );
    return { createdAt: row.created_at, state: row.fingerprint };
  }

  /** What a model asks of its own promotions, as its source has it and unchecked; undefined where that is nothing. */
  async promotionRules(source: string, name: string): Promise<unknown> {
    const row = await this.options.rows.model(source, name, undefined);
    return this.options.store.promotionRules(row.id);
  }

  /** What is to be computed of a model's data, as its source has it and unchecked; undefined where that is nothing. */
  async monitor(source: string, name: string): Promise<unknown> {
    const row = await this.options.rows.model(source, name, undefined);
    return this.options.store.monitor(row.id);
  }

  /** Narrows rows of another noun, in a table with columns `source` and `name`, to models that the caller may see. */
  narrow(
    visibility: ModelsVisibility,
    table: string,
  ): (query: Knex.QueryBuilder) => void {
    return query => this.options.store.narrow(query, table, visibility);
  }

  /** Models by permission resource ref, in the order asked; undefined for what is not there. */
  async getByResourceRefs(refs: string[]): Promise<Array<Model | undefined>> {
    const freshness = await this.options.freshness();
    return Promise.all(
      refs.map(async ref => {
        const id = parseModelResourceRef(ref);
        const row = id && (await this.options.store.get(id.source, id.name));
        return row && this.toModel(row, freshness);
      }),
    );
  }

  /**
   * What other nouns show of models that the caller may see, by the JSON of source and name.
   */
  async lookUp(
    models: Array<{ source: string; name: string }>,
    visibility: ModelsVisibility,
  ): Promise<Map<string, { entityRef: string; owner: string | null }>> {
    const rows = await this.options.store.getAll(models, visibility);
    return new Map(
      rows.map(row => {
        const { entityRef, owner } = this.toModel(row, new Map());
        return [JSON.stringify([row.source, row.name]), { entityRef, owner }];
      }),
    );
  }

  async changes(options: {
    cursor?: string;
    limit: number;
  }): Promise<ChangePage> {
    const [{ rows, nextCursor, more }, freshness] = await Promise.all([
      this.options.store.changes(options),
      this.options.freshness(),
    ]);
    return {
      items: rows.map(row => ({
        source: row.source,
        name: row.name,
        generatedEntityName: row.entity_name,
        claimedBy: row.claimed_by,
        retired: row.retired_at !== null,
        model: row.retired_at === null ? this.toModel(row, freshness) : null,
      })),
      nextCursor,
      more,
    };
  }

  /** @throws `InputError` where one of them cannot be a claim; none is taken then. */
  async putClaims(claims: EntityClaim[]): Promise<void> {
    checkClaims(claims);
    await this.options.store.putClaims(claims);
  }

  private async withEvidence(version: Version): Promise<Version> {
    return {
      ...version,
      measurements: addMeasurements(
        version.measurements,
        await this.options.measurements(version),
      ),
    };
  }

  private toModel(
    row: AnsweredRow,
    freshness: Map<string, SourceFreshness>,
  ): Model {
    return toModel(row, {
      freshness: freshness.get(row.source),
      entityNamespace: this.options.config.entityNamespace,
    });
  }

  private configuredDirections(): Map<string, Direction> {
    return new Map(
      Object.values(this.options.config.models.mainMetrics)
        .flat()
        .flatMap(({ key, direction }) =>
          direction ? [[key, direction] as const] : [],
        ),
    );
  }
}
