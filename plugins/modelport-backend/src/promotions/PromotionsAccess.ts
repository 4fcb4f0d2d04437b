import {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_PROMOTION } from '@modelport/plugin-modelport-common';
import { ShortMemory } from '../models/ShortMemory';
import { People } from './People';
import {
  promotionPermissionResourceRef,
  PromotionTarget,
} from './permissionRules';

type Request = Parameters<HttpAuthService['credentials']>[0];
type PromotionPermission = ResourcePermission<typeof RESOURCE_TYPE_PROMOTION>;

/** A person who asks. */
export interface WhoAsks {
  entityRef: string;
  /** Whether the catalog knows the person. */
  isKnown: boolean;
  /** The person and the groups that the catalog has now. */
  refs: string[];
}

/** A page asks several times at once. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_PEOPLE = 1_000;

/** Asks the permission framework about promotions. */
export class PromotionsAccess {
  /** Whose inbox something is in, which decides nothing. */
  private readonly known = new ShortMemory<WhoAsks>({
    milliseconds: REMEMBERED_MS,
    most: REMEMBERED_PEOPLE,
  });

  constructor(
    private readonly options: {
      httpAuth: HttpAuthService;
      permissions: PermissionsService;
      permissionsRegistry: PermissionsRegistryService;
      people: Pick<People, 'reviewer'>;
    },
  ) {}

  /**
   * A person who may do something with a promotion.
   *
   * @throws `NotAllowedError` for services, whatever their permissions, and for people who lack it.
   */
  async person(
    request: Request,
    permission: PromotionPermission,
    target: PromotionTarget,
  ): Promise<string> {
    const credentials = await this.options.httpAuth.credentials(request, {
      allow: ['user'],
    });
    await this.require(credentials, permission, target);
    return refOf(credentials);
  }

  /** A person, whatever may be done; for what needs no more than to read the promotion. */
  async anyPerson(request: Request): Promise<string> {
    const credentials = await this.options.httpAuth.credentials(request, {
      allow: ['user'],
    });
    return refOf(credentials);
  }

  /** A person or service who may do something, by its name. */
  async caller(
    request: Request,
    permission: PromotionPermission,
    target: PromotionTarget,
  ): Promise<string> {
    const credentials = await this.options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    await this.require(credentials, permission, target);
    return credentials.principal.type === 'user'
      ? credentials.principal.userEntityRef.toLowerCase()
      : `service:${credentials.principal.subject}`;
  }

  /** The person who asks, with the groups that the catalog has now; undefined for services. */
  async whoAsks(request: Request): Promise<WhoAsks | undefined> {
    const credentials = await this.options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    if (credentials.principal.type !== 'user') {
      return undefined;
    }
    const userEntityRef = credentials.principal.userEntityRef.toLowerCase();
    return this.known.get(userEntityRef, async () => {
      const { allGroups, isKnown } = await this.options.people.reviewer(
        userEntityRef,
      );
      return {
        entityRef: userEntityRef,
        isKnown,
        refs: [userEntityRef, ...allGroups],
      };
    });
  }

  /** Which of some permissions a caller has, asked for at once; none for services, which decide nothing. */
  async which(
    request: Request,
    permissions: PromotionPermission[],
    target: PromotionTarget,
  ): Promise<boolean[]> {
    const credentials = await this.options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    return credentials.principal.type === 'user'
      ? this.allowed(credentials, permissions, target)
      : permissions.map(() => false);
  }

  private async require(
    credentials: BackstageCredentials,
    permission: PromotionPermission,
    target: PromotionTarget,
  ): Promise<void> {
    const [allowed] = await this.allowed(credentials, [permission], target);
    if (!allowed) {
      throw new NotAllowedError(
        `You lack the permission ${permission.name} for ${target.name} in ${target.environment}`,
      );
    }
  }

  private async allowed(
    credentials: BackstageCredentials,
    permissions: PromotionPermission[],
    target: PromotionTarget,
  ): Promise<boolean[]> {
    const decisions = await this.options.permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    const authorizer = createConditionAuthorizer(
      this.options.permissionsRegistry.getPermissionRuleset(
        promotionPermissionResourceRef,
      ),
    );
    return decisions.map(decision =>
      decision.result === AuthorizeResult.CONDITIONAL
        ? authorizer(decision, target)
        : decision.result === AuthorizeResult.ALLOW,
    );
  }
}

/** A person has one name, however a token writes it. */
function refOf(
  credentials: BackstageCredentials<BackstageUserPrincipal>,
): string {
  return credentials.principal.userEntityRef.toLowerCase();
}
