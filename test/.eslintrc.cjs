const factory = require('@backstage/cli/config/eslint-factory');

module.exports = {
  root: true,
  ...factory.createConfigForRole(__dirname, 'node-library', {
    rules: {
      // Playwright's tests are no Jest tests.
      'jest/expect-expect': 'off',
      'jest/no-standalone-expect': 'off',
      'jest/valid-title': 'off',
      'jest/no-done-callback': 'off',
      '@typescript-eslint/no-use-before-define': [
        'error',
        { functions: false, classes: false, variables: false },
      ],
    },
  }),
};
