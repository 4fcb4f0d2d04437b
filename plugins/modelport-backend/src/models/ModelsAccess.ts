import {
  BackstageCredentials,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { isError, NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  ConditionTransformer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  modelportModelsReadPermission,
  RESOURCE_TYPE_MODEL,
} from '@modelport/plugin-modelport-common';
import { ModelsVisibility } from './modelsFilter';
import { ShortMemory } from './ShortMemory';
import { modelPermissionResourceRef, ModelsFilter } from './permissionRules';

/** A request of any route. */
type Request = Parameters<HttpAuthService['credentials']>[0];

/** A permission that holds for some models and not for others. */
type ModelPermission = ResourcePermission<typeof RESOURCE_TYPE_MODEL>;

/**
 * How long what a token may read is remembered: a page makes several requests at once, and every answer of the
 * permission framework costs more than the reading itself. A permission taken away holds that much longer for reading.
 */
const REMEMBERED_MS = 5_000;
const REMEMBERED_TOKENS = 1_000;

/** No model is from none of all sources. */
const NOTHING: ModelsVisibility = { key: 'source', values: [] };

/** Asks the permission framework, in one place for all routes. */
export class ModelsAccess {
  private readonly readableBy = new ShortMemory<ModelsVisibility>({
    milliseconds: REMEMBERED_MS,
    most: REMEMBERED_TOKENS,
  });
  private transform: ConditionTransformer<ModelsFilter> | undefined;

  constructor(
    private readonly options: {
      httpAuth: HttpAuthService;
      permissions: PermissionsService;
      permissionsRegistry: PermissionsRegistryService;
      userInfo: UserInfoService;
    },
  ) {}

  /**
   * What the caller may read of models.
   *
   * @throws `NotAllowedError` where that is nothing.
   */
  async readable(request: Request): Promise<ModelsVisibility> {
    const credentials = await this.options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const ask = () =>
      this.visibility(credentials, modelportModelsReadPermission);
    // The credentials hold by now; only then may what is remembered for their token count.
    const token = request.headers.authorization;
    return token ? this.readableBy.get(token, ask) : ask();
  }

  /** Whom others are asked for, such as the catalog. */
  async caller(request: Request): Promise<BackstageCredentials> {
    return this.options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
  }

  /** What the caller may read of models, where that may also be nothing. */
  async readableIfAny(request: Request): Promise<ModelsVisibility> {
    try {
      return await this.readable(request);
    } catch (error) {
      if (isError(error) && error.name === 'NotAllowedError') {
        return NOTHING;
      }
      throw error;
    }
  }

  /**
   * A person with a permission on models besides reading them, and on which.
   *
   * @throws `NotAllowedError` for services, whatever their permissions, and for people who lack it.
   */
  async person(
    request: Request,
    permission: ModelPermission,
  ): Promise<{
    visibility: ModelsVisibility;
    userEntityRef: string;
    ownershipRefs: string[];
  }> {
    const credentials = await this.options.httpAuth.credentials(request, {
      allow: ['user'],
    });
    const [visibility, user] = await Promise.all([
      this.readableWith(credentials, permission),
      this.options.userInfo.getUserInfo(credentials),
    ]);
    return {
      visibility,
      userEntityRef: user.userEntityRef,
      ownershipRefs: [user.userEntityRef, ...user.ownershipEntityRefs],
    };
  }

  /** The same; null for services and for people who lack it. */
  async personIfAny(
    request: Request,
    permission: ModelPermission,
  ): Promise<{ visibility: ModelsVisibility; userEntityRef: string } | null> {
    try {
      return await this.person(request, permission);
    } catch (error) {
      if (isError(error) && error.name === 'NotAllowedError') {
        return null;
      }
      throw error;
    }
  }

  /**
   * A service with a permission on models, and on which.
   *
   * @throws `NotAllowedError` for people, whatever their permissions, and for services that lack it.
   */
  async service(
    request: Request,
    permission: ModelPermission,
  ): Promise<{ visibility: ModelsVisibility; subject: string }> {
    const credentials = await this.options.httpAuth.credentials(request, {
      allow: ['service'],
    });
    return {
      visibility: await this.readableWith(credentials, permission),
      subject: credentials.principal.subject,
    };
  }

  /** @throws `NotAllowedError` where the caller lacks the permission. */
  async require(request: Request, permission: BasicPermission): Promise<void> {
    const credentials = await this.options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`You lack the permission ${permission.name}`);
    }
  }

  /** @throws `NotAllowedError` for people, whatever their permissions, and for services that lack the permission. */
  async requireService(
    request: Request,
    permission: BasicPermission,
  ): Promise<void> {
    await this.options.httpAuth.credentials(request, { allow: ['service'] });
    await this.require(request, permission);
  }

  /**
   * @throws `NotAllowedError` unless the caller is a plugin of the portal's own backend: what these ask and tell goes
   * past permissions, and is for no token that config gives to others.
   */
  async requirePlugin(request: Request): Promise<void> {
    const { principal } = await this.options.httpAuth.credentials(request, {
      allow: ['service'],
    });
    if (!principal.subject.startsWith('plugin:')) {
      throw new NotAllowedError(
        `This is for plugins of the portal's own backend, which ${principal.subject} is not; nothing was changed`,
      );
    }
  }

  /** Of which models a caller has a permission and may read them. */
  private async readableWith(
    credentials: BackstageCredentials,
    permission: ModelPermission,
  ): Promise<ModelsVisibility> {
    const parts = await Promise.all([
      this.visibility(credentials, modelportModelsReadPermission),
      this.visibility(credentials, permission),
    ]);
    const [first, ...rest] = parts.flatMap(part => part ?? []);
    return first && { allOf: [first, ...rest] };
  }

  private async visibility(
    credentials: BackstageCredentials,
    permission: ModelPermission,
  ): Promise<ModelsVisibility> {
    const [decision] = await this.options.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.DENY) {
      throw new NotAllowedError(`You lack the permission ${permission.name}`);
    }
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      return undefined;
    }
    this.transform ??= createConditionTransformer(
      this.options.permissionsRegistry.getPermissionRuleset(
        modelPermissionResourceRef,
      ),
    );
    return this.transform(decision.conditions);
  }
}
