import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Knex } from 'knex';
import request from 'supertest';
import { startTestPortal } from '../../__testUtils__/startTestPortal';

const REGISTRY = join(__dirname, '../../../../../examples/registry');

export const ADA = mockCredentials.user.header('user:default/ada');
export const BO = mockCredentials.user.header('user:default/bo');
export const EVE = mockCredentials.user.header('user:default/eve');
export const SERVICE = mockCredentials.service.header();

export const MODEL = '/models/fake/credit';
export const V1 = `${MODEL}/versions/1`;
export const V2 = `${MODEL}/versions/2`;
export const V3 = `${MODEL}/versions/3`;

/** A portal with two explained versions of one model, and a third without anything. */
export interface ExplanationsPortal {
  backend: TestBackend;
  source: FakeModelSource;
  auditor: ReturnType<typeof mockServices.auditor.mock>;
  api(
    method: 'get' | 'post',
    path: string,
    authorization?: string,
  ): request.Test;
  /** Grants everything, except for one permission where that is named. */
  grant(denied?: string): void;
  /** What the auditor was told since `grant`; it is told after the answer. */
  events(): string[];
}

/** Starts it on a database that is set up already. */
export async function startExplanationsPortal(
  knex: Knex,
): Promise<ExplanationsPortal> {
  const permissions = mockServices.permissions.mock();
  const auditor = mockServices.auditor.mock();
  const grant = (denied?: string) => {
    permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(({ permission }) => ({
        result:
          permission.name === denied
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
    );
    auditor.createEvent.mockClear();
    auditor.createEvent.mockResolvedValue({
      success: async () => undefined,
      fail: async () => undefined,
    });
  };
  grant();
  const source = new FakeModelSource('fake');
  source.putModel({ name: 'credit' });
  for (const version of ['1', '2']) {
    const of = { model: 'credit', version };
    source.putVersion(of, {});
    const folder = join(REGISTRY, 'german-credit-risk/versions', version);
    for (const file of [
      'explanations/shap_rows.parquet',
      'explanations/explanation.json',
      'model/model.ubj',
      'model/input_example.json',
      'reason-codes.yaml',
    ]) {
      source.putArtefact(of, file, readFileSync(join(folder, file)));
    }
  }
  source.putVersion({ model: 'credit', version: '3' }, {});
  const backend = await startTestPortal({
    source,
    until: `${V2}/explanations`,
    authorization: ADA,
    features: [
      permissions.factory,
      auditor.factory,
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => knex }),
      }),
    ],
  });
  const api = (method: 'get' | 'post', path: string, authorization = ADA) =>
    request(backend.server)
      [method](`/api/modelport/v1${path}`)
      .set('authorization', authorization);
  while ((await api('get', `${V1}/explanations`)).status !== 200) {
    await new Promise(resolve => setImmediate(resolve));
  }
  return {
    backend,
    source,
    auditor,
    api,
    grant,
    events: () =>
      auditor.createEvent.mock.calls.map(([{ eventId }]) => eventId),
  };
}
