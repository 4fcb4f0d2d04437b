const { allowedImports } = require('../../.tools/allowedImports.cjs');

module.exports = require('@backstage/cli/config/eslint-factory')(
  __dirname,
  allowedImports(__dirname),
);
