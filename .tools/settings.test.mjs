import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Mistake } from './Mistake.mjs';
import { toShow } from './portalLog.mjs';
import { readSettings } from './settings.mjs';

/** The config that the variables become, as Backstage reads them: a JSON value by its path. */
function configOf(env) {
  return Object.fromEntries(
    Object.entries(readSettings(env).env).map(([key, value]) => [
      key.replace('APP_CONFIG_', '').replaceAll('_', '.'),
      JSON.parse(value),
    ]),
  );
}

describe('readSettings', () => {
  it('adds nothing where nothing is given', () => {
    assert.deepEqual(readSettings({ MODELPORT_API_TOKEN: '' }), {
      port: 3000,
      backendPort: 7007,
      words: [],
      env: {},
    });
  });

  it('turns a token into a static external access, digits included', () => {
    assert.deepEqual(configOf({ MODELPORT_API_TOKEN: '12345678' }), {
      'backend.auth.externalAccess': [
        {
          type: 'static',
          options: { token: '12345678', subject: 'modelport-api' },
        },
      ],
    });
  });

  it('shows an MLflow server in place of the demo', () => {
    assert.deepEqual(configOf({ MLFLOW_TRACKING_URI: 'http://mlflow:5000' }), {
      'modelport.sources.mlflow.mlflow.url': 'http://mlflow:5000',
      'modelport.sources.files.demo.enabled': false,
      'modelport.sources.files.repositories.enabled': false,
    });
  });

  it('signs in to it as MLflow would', () => {
    const uri = { MLFLOW_TRACKING_URI: 'https://mlflow' };
    const key = 'modelport.sources.mlflow.mlflow.auth';
    const basic = {
      MLFLOW_TRACKING_USERNAME: 'ada',
      MLFLOW_TRACKING_PASSWORD: '1',
    };
    const bearer = { MLFLOW_TRACKING_TOKEN: 'abc' };
    assert.deepEqual(configOf({ ...uri, ...basic, ...bearer })[key], {
      type: 'basic',
      username: 'ada',
      password: '1',
    });
    assert.deepEqual(configOf({ ...uri, ...bearer })[key], {
      type: 'bearer',
      token: 'abc',
    });
    assert.deepEqual(configOf(basic), {});
  });

  it('moves everything that depends on the ports', () => {
    assert.deepEqual(
      configOf({ MODELPORT_PORT: '3100', MODELPORT_BACKEND_PORT: '7100' }),
      {
        'app.baseUrl': 'http://localhost:3100',
        'app.listen.port': 3100,
        'backend.cors.origin': 'http://localhost:3100',
        'backend.baseUrl': 'http://localhost:7100',
        'backend.listen.port': 7100,
      },
    );
  });

  for (const env of [
    { MODELPORT_API_TOKEN: 'short' },
    { MODELPORT_API_TOKEN: 'with a space' },
    { MLFLOW_TRACKING_URI: 'mlflow:5000' },
    { MLFLOW_TRACKING_URI: 'databricks' },
    { MLFLOW_TRACKING_URI: 'sqlite:///mlflow.db' },
    { MLFLOW_TRACKING_URI: 'http://mlflow/#/models' },
    { MLFLOW_TRACKING_URI: 'http://mlflow', MLFLOW_TRACKING_USERNAME: 'ada' },
    { MODELPORT_PORT: '0' },
    { MODELPORT_PORT: '3000x' },
    { MODELPORT_PORT: '7007' },
  ]) {
    it(`refuses ${JSON.stringify(env)} in one sentence`, () => {
      const name = Object.keys(env).at(-1).split('_').slice(0, 2).join('_');
      assert.throws(
        () => readSettings(env),
        error =>
          error instanceof Mistake &&
          error.message.includes(name) &&
          !error.message.includes('\n') &&
          !error.message.includes('with a space'),
      );
    });
  }
});

describe('toShow', () => {
  it('shows warnings and errors only', () => {
    const at = '2026-01-01T10:00:00.000Z';
    assert.equal(toShow(`${at} catalog info Starting`), undefined);
    assert.equal(
      toShow(`${at} catalog warn Something odd`),
      'warn (catalog): Something odd',
    );
    assert.equal(toShow('  ERROR in ./src/x.ts'), 'ERROR in ./src/x.ts');
    assert.equal(toShow('<i> [webpack-dev-server] ok'), undefined);
    assert.equal(
      toShow(`${at} search warn Postgres search engine is not supported, ...`),
      undefined,
    );
  });
});
