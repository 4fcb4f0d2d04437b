import {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { RELATION_DEPENDENCY_OF } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { messageOf } from '../messageOf';

/** Asks the catalog what depends on models, and who may read of that. */
export class Consumers {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      logger: LoggerService;
    },
  ) {}

  /**
   * Entity refs of what depends on some entities; nothing at all where the catalog cannot be asked, so that what is
   * known stays.
   */
  async of(entityRefs: string[]): Promise<Map<string, string[]> | undefined> {
    const { auth, catalog, logger } = this.options;
    try {
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs, fields: ['kind', 'metadata', 'relations'] },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      return new Map(
        entityRefs.map((ref, index) => [
          ref,
          (items[index]?.relations ?? [])
            .filter(({ type }) => type === RELATION_DEPENDENCY_OF)
            .map(({ targetRef }) => targetRef),
        ]),
      );
    } catch (error) {
      logger.warn(
        `Consumers of models stay as they are, the catalog could not be asked: ${messageOf(
          error,
        )}`,
      );
      return undefined;
    }
  }

  /** Which of some entities a caller may read; none where the catalog cannot be asked. */
  async readable(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    const { catalog, logger } = this.options;
    try {
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs, fields: ['kind', 'metadata.name'] },
        { credentials },
      );
      return new Set(entityRefs.filter((_ref, at) => items[at] !== undefined));
    } catch (error) {
      logger.warn(
        `Consumers of models are shown to nobody, the catalog could not be asked: ${messageOf(
          error,
        )}`,
      );
      return new Set();
    }
  }
}
