import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Change, EntityClaim } from '@modelport/plugin-modelport-common';
import { CatalogReader } from './allEntities';
import { alternativeName } from './alternativeName';
import { findTakenNames } from './findTakenNames';

/**
 * The catalog's names are looked through again after this time, and at once when there are models of new names or other
 * hand-written entities.
 */
const LOOK_AGAIN_AFTER_MS = 60_000;

type NamedModel = Pick<Change, 'source' | 'name' | 'generatedEntityName'>;

/**
 * Watches for entities of other things that bear the name of a model's entity: the catalog has one entity a name, and
 * takes the hand-written one. Such a model gets another name, told to the registry like the claim of a hand-written
 * entity, so that nothing links to what is not the model.
 */
export class TakenNames {
  readonly #options: CatalogReader & {
    logger: LoggerService;
    namespace: string;
  };
  readonly #models = new Map<string, NamedModel>();
  #taken = new Map<string, string>();
  #lookedAt: number | undefined;
  #claimants = '';
  #told = new Set<string>();

  constructor(
    options: CatalogReader & { logger: LoggerService; namespace: string },
  ) {
    this.#options = options;
  }

  /** Takes notice of a change in the registry. */
  note(change: Change): void {
    const { source, name, generatedEntityName } = change;
    if (change.retired) {
      this.#models.delete(generatedEntityName);
    } else if (!this.#models.has(generatedEntityName)) {
      this.#models.set(generatedEntityName, {
        source,
        name,
        generatedEntityName,
      });
      this.#lookedAt = undefined;
    }
  }

  /** The names that the models have instead of those that are taken, as claims; models that are claimed need none. */
  async claims(handWritten: EntityClaim[]): Promise<EntityClaim[]> {
    const now = Date.now();
    const claimants = JSON.stringify(handWritten);
    if (
      this.#lookedAt === undefined ||
      this.#claimants !== claimants ||
      now - this.#lookedAt >= LOOK_AGAIN_AFTER_MS
    ) {
      this.#taken = await findTakenNames(
        this.#options.namespace,
        this.#options,
      );
      this.#lookedAt = now;
      this.#claimants = claimants;
    }
    const claimed = new Set(
      handWritten.map(({ source, name }) => keyOf(source, name)),
    );
    const claims: EntityClaim[] = [];
    const told = new Set<string>();
    for (const [generated, where] of this.#taken) {
      const model = this.#models.get(generated);
      if (
        model &&
        !claimed.has(keyOf(model.source, model.name)) &&
        !claimed.has(keyOf(null, model.name))
      ) {
        const { source, name } = model;
        const entityRef = this.#refOf(alternativeName(model));
        claims.push({ source, name, entityRef });
        told.add(generated);
        if (!this.#told.has(generated)) {
          this.#options.logger.warn(
            `The catalog has an entity ${this.#refOf(
              generated,
            )} from ${where} that stands for no model. The model "${name}" of the source "${source}" has the entity ${entityRef} until that name is free.`,
          );
        }
      }
    }
    this.#told = told;
    return claims.sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1));
  }

  #refOf(name: string): string {
    const { namespace } = this.#options;
    return stringifyEntityRef({ kind: 'Resource', namespace, name });
  }
}

function keyOf(source: string | null, name: string): string {
  return JSON.stringify([source, name]);
}
