const { readdirSync } = require('node:fs');
const { basename, join } = require('node:path');

/**
 * Which packages of this repository a package may import, besides itself; "*" stands for every backend package.
 * What is not listed here may import none of them.
 */
const ALLOWED = {
  app: ['modelport', 'modelport-common'],
  backend: ['*'],
  modelport: ['modelport-common'],
  'modelport-common': [],
  'modelport-node': ['modelport-common'],
  'modelport-backend': ['modelport-node', 'modelport-common'],
  'modelport-backend-module-files': ['modelport-node', 'modelport-common'],
  'modelport-backend-module-mlflow': ['modelport-node', 'modelport-common'],
  'modelport-backend-module-githost': [],
  'scaffolder-backend-module-modelport': ['modelport-node', 'modelport-common'],
  'catalog-backend-module-modelport': ['modelport-node', 'modelport-common'],
  'search-backend-module-modelport': ['modelport-node', 'modelport-common'],
  'permission-backend-module-modelport': ['modelport-node', 'modelport-common'],
  'auth-backend-module-modelport-demo': [],
};

/**
 * The part of a package's ESLint configuration that holds it to the imports that the architecture allows.
 *
 * @param dir the package's folder
 */
function allowedImports(dir) {
  const zones = [...packageZones(dir), ...folderZones(dir)];
  return {
    settings: {
      'import/resolver': {
        node: {
          extensions: ['.ts', '.tsx', '.js', '.jsx', '.json'],
          // Yarn links the packages of this repository; the rule wants to see where they really are.
          preserveSymlinks: false,
        },
      },
    },
    rules: {
      'import/no-restricted-paths': ['error', { basePath: dir, zones }],
    },
  };
}

function packageZones(dir) {
  const own = basename(dir);
  const allowed = ALLOWED[own] ?? [];
  const plugins = readdirSync(join(dir, '../../plugins'));
  const packages = readdirSync(join(dir, '../../packages'));
  const mayImport = name =>
    name === own ||
    allowed.includes(name) ||
    (allowed.includes('*') && /(-backend|-node|-common)/.test(name));
  const forbidden = [
    ...plugins.filter(name => !mayImport(name)).map(name => `plugins/${name}`),
    ...packages.filter(name => name !== own).map(name => `packages/${name}`),
  ];
  return forbidden.map(path => ({
    target: '.',
    from: `../../${path}`,
    message: `${own} may import ${
      allowed.join(', ') || 'no package of this repository'
    } only.`,
  }));
}

/** What holds between the folders of a package's `src`. */
function folderZones(dir) {
  switch (basename(dir)) {
    case 'modelport-backend':
      return [
        ...nounsOf(dir).map(noun => ({
          target: `./src/${noun}`,
          from: `./src/!(${noun})/**/*Store.ts`,
          message:
            "A noun never touches another noun's Store; ask its Service.",
        })),
        {
          target: './src/**/{routes,*[rR]outer}.ts',
          from: './src/**/*Store.ts',
          message: 'Routes ask a Service, never a Store.',
        },
        {
          target: './src/**/*{Store,Service}.ts',
          from: './src/**/{routes,*[rR]outer}.ts',
          message: 'Services and Stores know nothing of routes.',
        },
        {
          target: './src/**/*Store.ts',
          from: './src/**/*Service.ts',
          message: 'Stores know nothing of Services.',
        },
      ];
    case 'modelport':
      return ['charts', 'graph'].map(folder => ({
        target: `./src/${folder}`,
        from: './src/!(charts|graph|components)/**',
        message: `What is in ${folder} knows nothing of models.`,
      }));
    default:
      return [];
  }
}

function nounsOf(dir) {
  return readdirSync(join(dir, 'src'), { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== '__testUtils__')
    .map(entry => entry.name);
}

module.exports = { allowedImports };
