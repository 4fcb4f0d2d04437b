import { AuthService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { PromotionsConfig } from './promotionsConfig';
import { Reviewer } from './refusals';

/** Groups of groups that are followed upwards. */
const MOST_LEVELS = 10;

/** Who made something, as a registry or a repository names them. */
export interface Maker {
  /** A user name or e-mail. */
  user: string;
  why: 'author' | 'committer';
}

/** Looks people and their groups up in the catalog, at the moment of asking. */
export class People {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      people: PromotionsConfig['people'];
      deputies: PromotionsConfig['deputies'];
      now: () => Date;
    },
  ) {}

  /**
   * A person with the groups that the catalog has now, and those that the person decides for as a deputy; none where the
   * catalog does not know the person.
   */
  async reviewer(entityRef: string): Promise<Reviewer> {
    const [reviewer] = await this.reviewers([entityRef]);
    return reviewer;
  }

  /** Several people, in their order, as {@link People.reviewer} has one. */
  async reviewers(refs: string[]): Promise<Reviewer[]> {
    const users = await this.entities(refs);
    const parents = new Map<string, Promise<string[]>>();
    const withParents = async (groups: string[]) => {
      const key = JSON.stringify(groups);
      const found = parents.get(key) ?? this.withParents(groups);
      parents.set(key, found);
      return found;
    };
    return Promise.all(
      refs.map(async (entityRef, place) => {
        const user = users[place];
        const isKnown = user !== undefined;
        const own = relationsOf(user, 'memberOf');
        const deputyFor = this.deputies()
          .filter(deputy => deputy.entityRef === entityRef.toLowerCase())
          .map(deputy => deputy.for)
          .filter(group => isKnown && !own.includes(group));
        const groups = [...own, ...deputyFor];
        const allGroups = await withParents(groups);
        return { entityRef, isKnown, groups, allGroups, deputyFor };
      }),
    );
  }

  /**
   * Who may speak for some people and groups, by these: a person for themselves, for a group its members, those of the
   * groups that are a part of it, and deputies; undefined for those that the catalog does not know.
   */
  async membersOf(refs: string[]): Promise<Map<string, string[] | undefined>> {
    const roots = await this.entities(refs);
    const members = await Promise.all(
      roots.map(async root => root && this.membersIn(root)),
    );
    return new Map(refs.map((ref, place) => [ref, members[place]]));
  }

  private async membersIn(root: Entity): Promise<string[]> {
    const ref = stringifyEntityRef(root).toLowerCase();
    if (root.kind.toLowerCase() === 'user') {
      return [ref];
    }
    const groups = new Set([ref]);
    const members = new Set<string>();
    let level: Array<Entity | undefined> = [root];
    for (let i = 0; i <= MOST_LEVELS && level.length > 0; i++) {
      level
        .flatMap(group => relationsOf(group, 'hasMember'))
        .forEach(member => members.add(member));
      const parts = level
        .flatMap(group => relationsOf(group, 'parentOf'))
        .filter(part => !groups.has(part));
      parts.forEach(part => groups.add(part));
      level = await this.entities([...new Set(parts)]);
    }
    return [...new Set([...members, ...this.deputiesOf([...groups])])];
  }

  /** People who decide for some groups now, besides their members. */
  deputiesOf(groups: string[]): string[] {
    return this.deputies()
      .filter(deputy => groups.includes(deputy.for))
      .map(({ entityRef }) => entityRef);
  }

  private deputies(): PromotionsConfig['deputies'] {
    const now = this.options.now().toISOString();
    return this.options.deputies.filter(
      ({ from, until }) => (from === undefined || from <= now) && now < until,
    );
  }

  /** Groups by person, parents included; a person whom the catalog does not know is absent. */
  async groupsOf(refs: string[]): Promise<Map<string, string[]>> {
    const users = await this.entities(refs);
    const found = new Map<string, string[]>();
    for (const [index, user] of users.entries()) {
      if (user) {
        found.set(
          refs[index],
          await this.withParents(relationsOf(user, 'memberOf')),
        );
      }
    }
    return found;
  }

  /** Which of some people and groups the catalog knows. */
  async known(refs: string[]): Promise<Set<string>> {
    const found = await this.entities(refs);
    return new Set(refs.filter((_ref, index) => found[index] !== undefined));
  }

  /** The person behind a user of a registry: by config, else by e-mail; undefined where neither tells. */
  async personOf(source: string, user: string): Promise<string | undefined> {
    const configured = this.options.people.find(
      rule =>
        rule.user.toLowerCase() === user.toLowerCase() &&
        (rule.source === undefined || rule.source === source),
    );
    if (configured) {
      return configured.entityRef;
    }
    const email = /<([^<>]+)>\s*$/.exec(user)?.[1] ?? user;
    if (!email.includes('@')) {
      return undefined;
    }
    const { auth, catalog } = this.options;
    const { items } = await asked(async () =>
      catalog.getEntities(
        {
          filter: { kind: 'User', 'spec.profile.email': email },
          fields: ['kind', 'metadata.namespace', 'metadata.name'],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      ),
    );
    // An address that several have says of none of them who it was.
    return items.length === 1
      ? stringifyEntityRef(items[0]).toLowerCase()
      : undefined;
  }

  private async withParents(groups: string[]): Promise<string[]> {
    const all = new Set(groups);
    let level = groups;
    for (let i = 0; i < MOST_LEVELS && level.length > 0; i++) {
      const parents = (await this.entities(level)).flatMap(group =>
        relationsOf(group, 'childOf'),
      );
      level = [...new Set(parents)].filter(parent => !all.has(parent));
      level.forEach(parent => all.add(parent));
    }
    return [...all];
  }

  private async entities(refs: string[]): Promise<Array<Entity | undefined>> {
    if (refs.length === 0) {
      return [];
    }
    const { auth, catalog } = this.options;
    const { items } = await asked(async () =>
      catalog.getEntitiesByRefs(
        {
          entityRefs: refs,
          fields: [
            'kind',
            'metadata.namespace',
            'metadata.name',
            'relations',
            'spec.profile',
          ],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      ),
    );
    return items;
  }
}

/**
 * Asks the catalog, twice where the first time fails: a connection that was kept open may be gone when it is used again,
 * and asking changes nothing.
 *
 * @throws `ServiceUnavailableError` where it does not answer, without the address that was asked.
 */
async function asked<T>(ask: () => Promise<T>): Promise<T> {
  return ask()
    .catch(ask)
    .catch(error => {
      throw isError(error) && error.name === 'FetchError'
        ? new ServiceUnavailableError(
            'The catalog does not answer, so that nobody can tell who is who; nothing was kept. Try again.',
          )
        : error;
    });
}

function relationsOf(entity: Entity | undefined, type: string): string[] {
  return (entity?.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef.toLowerCase());
}
