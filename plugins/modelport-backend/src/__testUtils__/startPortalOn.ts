import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, TestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Knex } from 'knex';
import { startTestPortal } from './startTestPortal';

type Permissions = ReturnType<typeof mockServices.permissions.mock>;

/** Lets everybody do everything. */
export function allowAll(permissions: Permissions): void {
  permissions.authorizeConditional.mockImplementation(async queries =>
    queries.map(() => ({ result: AuthorizeResult.ALLOW })),
  );
  permissions.authorize.mockImplementation(async queries =>
    queries.map(() => ({ result: AuthorizeResult.ALLOW })),
  );
}

/** Starts the plugin on a database of the test; with permissions everybody may do everything until they answer otherwise. */
export async function startPortalOn(
  knex: Knex,
  options: {
    permissions?: Permissions;
    source: FakeModelSource;
    until: string;
    authorization: string;
    entities?: Entity[];
  },
): Promise<TestBackend> {
  const { permissions, ...rest } = options;
  if (permissions) {
    allowAll(permissions);
  }
  return startTestPortal({
    ...rest,
    features: [
      ...(permissions ? [permissions.factory] : []),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => knex }),
      }),
    ],
  });
}
