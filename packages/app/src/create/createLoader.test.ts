import { isCreate } from './createLoader';

describe('the loader of Create', () => {
  it.each([
    ['/create', true],
    ['/create/templates/default/new-ml-model', true],
    ['/portal/create', true],
    ['/models', false],
    ['/models/created', false],
    ['/', false],
  ])('is told by %s: %s', (pathname, expected) => {
    expect(isCreate(pathname)).toBe(expected);
  });
});
