import { readRegisteredName } from './registeredName';

describe('readRegisteredName', () => {
  it.each([
    ['credit-risk', 'credit-risk', 'Credit risk'],
    ['Credit_Risk', 'credit_risk', 'Credit_Risk'],
    ['class', 'class', 'Class'],
    [
      'main.lending.credit risk',
      'main.lending.credit-risk',
      'main.lending.credit risk',
    ],
    ['Kredit (Österreich) v2', 'kredit-sterreich-v2', 'Kredit (Österreich) v2'],
    [' iris ', 'iris', 'Iris'],
    ['a'.repeat(250), 'a'.repeat(63), `A${'a'.repeat(249)}`],
  ])('takes %j', (given, entityName, title) => {
    expect(readRegisteredName(given)).toEqual({
      ...{ name: given.trim(), entityName, title },
    });
  });

  it.each([
    ...['', '信用', '---', '../x', 'a/b', 'a:b', 'a\nb', 'a\u202eb', 'a\u0000'],
    'a'.repeat(251),
  ])('refuses %j', given => {
    expect(() => readRegisteredName(given)).toThrow('name: expected');
  });
});
