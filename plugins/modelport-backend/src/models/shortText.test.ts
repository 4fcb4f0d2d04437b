import { shortText } from './shortText';

it.each([
  [null, null],
  ['', ''],
  ['12345', '12345'],
  ['123456', '1234…'],
  ['🚀🚀🚀🚀🚀', '🚀🚀🚀🚀🚀'],
  ['🚀🚀🚀🚀🚀🚀', '🚀🚀🚀🚀…'],
])('gives of %j at most 5 characters: %j', (text, short) => {
  expect(shortText(text, 5)).toBe(short);
});
