import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ESLint } from 'eslint';
import { ROOT } from './paths.mjs';

const eslint = new ESLint({ cwd: ROOT });

/** What the rule says of a file that only holds one import. */
async function complaints(file, source, how = `import '${source}';`) {
  const [result] = await eslint.lintText(`${how}\n`, {
    filePath: join(ROOT, file),
  });
  return result.messages
    .filter(({ ruleId }) => ruleId === 'import/no-restricted-paths')
    .map(({ message }) => message);
}

const MODELPORT = '@modelport/plugin-modelport';
const BACKEND = 'plugins/modelport-backend/src';

const FORBIDDEN = [
  ['packages/app/src/x.ts', `${MODELPORT}-node`],
  ['packages/app/src/x.ts', '../../../plugins/modelport-backend/src'],
  ['packages/backend/src/x.ts', MODELPORT],
  ['plugins/modelport/src/x.ts', `${MODELPORT}-node`],
  ['plugins/modelport/src/x.test.ts', `${MODELPORT}-backend`],
  ['plugins/modelport-common/src/x.ts', `${MODELPORT}-node`],
  ['plugins/modelport-node/src/x.ts', `${MODELPORT}-backend`],
  ['plugins/modelport-backend/src/x.ts', `${MODELPORT}-backend-module-mlflow`],
  ['plugins/modelport-backend-module-mlflow/src/x.ts', `${MODELPORT}-backend`],
  ['plugins/modelport-backend-module-files/src/x.ts', MODELPORT],
  ['plugins/modelport-backend-module-githost/src/x.ts', `${MODELPORT}-node`],
  [
    'plugins/scaffolder-backend-module-modelport/src/x.ts',
    `${MODELPORT}-backend`,
  ],
  ['plugins/catalog-backend-module-modelport/src/x.ts', `${MODELPORT}-backend`],
  ['plugins/search-backend-module-modelport/src/x.ts', `${MODELPORT}-backend`],
  ['plugins/auth-backend-module-modelport-demo/src/x.ts', `${MODELPORT}-node`],
  [`${BACKEND}/sources/x.ts`, '../models/ModelsStore'],
  [`${BACKEND}/models/x.ts`, '../sources/SourcesStore'],
  [`${BACKEND}/models/routes.ts`, './ModelsStore'],
  [`${BACKEND}/sources/webhookRouter.ts`, './SourcesStore'],
  [`${BACKEND}/createRouter.ts`, './models/ModelsStore'],
  [`${BACKEND}/models/ModelsStore.ts`, './ModelsService'],
  [`${BACKEND}/models/ModelsService.ts`, './routes'],
  ['plugins/modelport/src/charts/x.ts', '../api/modelportApi'],
];

const ALLOWED = [
  ['packages/app/src/x.ts', MODELPORT],
  ['packages/backend/src/x.ts', `${MODELPORT}-backend`],
  ['plugins/modelport/src/x.ts', `${MODELPORT}-common`],
  ['plugins/modelport-node/src/x.ts', `${MODELPORT}-common`],
  ['plugins/modelport-backend/src/x.ts', `${MODELPORT}-node`],
  ['plugins/modelport-backend-module-mlflow/src/x.ts', `${MODELPORT}-node`],
  ['plugins/catalog-backend-module-modelport/src/x.ts', `${MODELPORT}-node`],
  [`${BACKEND}/sources/x.ts`, '../models/ModelsService'],
  [`${BACKEND}/models/ModelsService.ts`, './ModelsStore'],
  [`${BACKEND}/models/routes.ts`, './ModelsService'],
  [`${BACKEND}/createServices.ts`, './models/ModelsStore'],
];

describe('the lint rule of allowed imports', () => {
  for (const [file, source] of FORBIDDEN) {
    it(`forbids ${source} in ${file}`, async () => {
      assert.equal((await complaints(file, source)).length > 0, true);
    });
  }

  for (const [file, source] of ALLOWED) {
    it(`allows ${source} in ${file}`, async () => {
      assert.deepEqual(await complaints(file, source), []);
    });
  }

  it('sees imports at run time too', async () => {
    const how = `import('${MODELPORT}');`;
    const found = await complaints('packages/backend/src/x.ts', MODELPORT, how);
    assert.equal(found.length, 1);
  });
});
