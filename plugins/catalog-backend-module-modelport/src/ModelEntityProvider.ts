import {
  AuthService,
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  entityEnvelopeSchemaValidator,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import {
  CatalogService,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { Change } from '@modelport/plugin-modelport-common';
import { ModelportService } from '@modelport/plugin-modelport-node';
import { alternativeName } from './alternativeName';
import { CatalogConfig } from './catalogConfig';
import { findClaims } from './findClaims';
import { modelEntity } from './modelEntity';
import { statusCodeOf } from './statusCodeOf';
import { TakenNames } from './TakenNames';

const PAGE_SIZE = 500;
/** More than the registry takes at once would keep all of them from being told. */
const MAX_CLAIMS = 20_000;
/** Claims that did not change are told again after this time, for a registry that lost or never got them. */
const CLAIMS_AGAIN_AFTER_MS = 60_000;
/** All models are read again after this time, so that an entity that someone deleted comes back. */
const ALL_AGAIN_AFTER_MS = 60 * 60_000;

/**
 * Brings models into the catalog by deltas: changed ones are added, retired ones and those that a hand-written entity
 * stands for are removed. A pass that fails changes nothing more; the next one goes on where it stopped.
 *
 * Entities carry no location key, so that a hand-written entity of the same ref takes the place of theirs, and a
 * removal from here only ever takes away what came from here.
 */
export class ModelEntityProvider implements EntityProvider {
  readonly #options: {
    auth: AuthService;
    catalog: CatalogService;
    config: CatalogConfig;
    logger: LoggerService;
    modelport: ModelportService;
    taskRunner: SchedulerServiceTaskRunner;
  };
  readonly #takenNames: TakenNames;
  readonly #validate = entityEnvelopeSchemaValidator();
  #connection: EntityProviderConnection | undefined;
  #cursor: string | undefined;
  #allSince = Date.now();
  #claims: { told: string; at: number } | undefined;
  #caughtUp = false;
  #failing = false;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    config: CatalogConfig;
    logger: LoggerService;
    modelport: ModelportService;
    taskRunner: SchedulerServiceTaskRunner;
  }) {
    this.#options = options;
    this.#takenNames = new TakenNames({
      ...options,
      namespace: options.config.namespace,
    });
  }

  /** Holds the namespace: where that changes, the catalog takes away what the provider of the old name left. */
  getProviderName(): string {
    return `modelport:${this.#options.config.namespace}`;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.taskRunner.run({
      id: 'modelport-models-to-catalog',
      fn: signal => this.#passOrWarn(signal),
    });
  }

  async #passOrWarn(signal: AbortSignal): Promise<void> {
    const { logger } = this.#options;
    try {
      if (!this.#caughtUp) {
        // Claims hold the names of all models: told by who knows only some, they would take back what others told.
        await this.#takeChanges(signal);
      }
      if (this.#caughtUp) {
        await this.#tellClaims();
        if (Date.now() - this.#allSince >= ALL_AGAIN_AFTER_MS) {
          this.#allSince = Date.now();
          this.#cursor = undefined;
        }
        await this.#takeChanges(signal);
      }
      if (this.#failing) {
        this.#failing = false;
        logger.info('The catalog follows the models of Modelport again');
      }
    } catch (error) {
      if (statusCodeOf(error) === 503) {
        logger.debug('Modelport has not started yet');
      } else if (!this.#failing) {
        this.#failing = true;
        logger.warn(
          `The catalog could not follow the models of Modelport and keeps those it has: ${
            toError(error).message
          }`,
        );
      }
    }
  }

  async #tellClaims(): Promise<void> {
    const handWritten = await findClaims(this.#options);
    const all = [
      ...handWritten,
      ...(await this.#takenNames.claims(handWritten)),
    ];
    const claims = all.slice(0, MAX_CLAIMS);
    const told = JSON.stringify(claims);
    const known = this.#claims;
    if (
      known?.told !== told ||
      Date.now() - known.at >= CLAIMS_AGAIN_AFTER_MS
    ) {
      if (claims.length < all.length) {
        this.#options.logger.warn(
          `The catalog has ${all.length} entities that stand for models; the first ${MAX_CLAIMS} of them count`,
        );
      }
      await this.#options.modelport.putEntityClaims(claims);
      this.#claims = { told, at: Date.now() };
    }
  }

  async #takeChanges(signal: AbortSignal): Promise<void> {
    let more = true;
    while (more && !signal.aborted) {
      const page = await this.#nextPage();
      await this.#apply(page.items);
      this.#cursor = page.nextCursor;
      more = page.more;
    }
    this.#caughtUp ||= !more;
  }

  async #nextPage() {
    const { modelport } = this.#options;
    try {
      return await modelport.getChanges({
        cursor: this.#cursor,
        limit: PAGE_SIZE,
      });
    } catch (error) {
      if (this.#cursor && statusCodeOf(error) === 400) {
        // The registry does not know the cursor any more; reading all again is harmless.
        this.#cursor = undefined;
        return await modelport.getChanges({ limit: PAGE_SIZE });
      }
      throw error;
    }
  }

  async #apply(changes: Change[]): Promise<void> {
    const { namespace, entityType: type } = this.#options.config;
    const added: { entity: Entity }[] = [];
    const removed: { entityRef: string }[] = [];
    for (const change of changes) {
      this.#takenNames.note(change);
      const name = this.#nameOf(change);
      for (const old of [change.generatedEntityName, alternativeName(change)]) {
        if (old !== name) {
          removed.push({ entityRef: this.#refOf(old) });
        }
      }
      if (change.model && name !== undefined) {
        const { model } = change;
        const entity = modelEntity({ model, name, namespace, type });
        if (this.#isValid(entity)) {
          added.push({ entity });
        }
      }
    }
    if (added.length > 0 || removed.length > 0) {
      await this.#connection?.applyMutation({ type: 'delta', added, removed });
    }
  }

  /** The name of the model's entity; undefined where it has none, being retired or claimed by a hand-written one. */
  #nameOf(change: Change): string | undefined {
    if (change.retired) {
      return undefined;
    }
    if (change.claimedBy === null) {
      return change.generatedEntityName;
    }
    const alternative = alternativeName(change);
    return change.claimedBy === this.#refOf(alternative)
      ? alternative
      : undefined;
  }

  #refOf(name: string): string {
    const { namespace } = this.#options.config;
    return stringifyEntityRef({ kind: 'Resource', namespace, name });
  }

  /** One entity that the catalog would refuse must not keep the others out. */
  #isValid(entity: Entity): boolean {
    try {
      this.#validate(entity);
      return true;
    } catch (error) {
      this.#options.logger.warn(
        `The model ${entity.metadata.title} is left out of the catalog: ${
          toError(error).message
        }`,
      );
      return false;
    }
  }
}
