import { ConfigReader } from '@backstage/config';
import { CARD_TEMPLATES } from '@modelport/plugin-modelport-common';
import { readModelportConfig } from '../config';

const read = (templates?: object) =>
  readModelportConfig(
    new ConfigReader({ modelport: templates ? { cards: { templates } } : {} }),
  ).cards.templates;

it('judges every tier by the default template unless told otherwise', () => {
  const { low, high } = read();
  expect(low).toBe(CARD_TEMPLATES[0]);
  expect(high).toBe(CARD_TEMPLATES[0]);
});

it('takes templates by their ids, and lists of fields', () => {
  expect(read({ high: 'eu-ai-act-annex-iv' }).high.id).toBe(
    'eu-ai-act-annex-iv',
  );
  expect(read({ low: { name: 'Ours', fields: ['purpose'] } }).low).toEqual({
    id: 'Ours',
    fields: {
      low: [{ path: 'purpose', clause: 'Ours' }],
      medium: [],
      high: [],
    },
  });
});

it.each([
  [{ high: 'annex-v' }, /modelport\.cards\.templates\.high/],
  [
    { low: { name: 'Ours', fields: ['porpoise'] } },
    /modelport\.cards\.templates\.low/,
  ],
  [{ huge: 'default' }, /modelport\.cards\.templates/],
])('refuses %j', (templates, message) => {
  expect(() => read(templates)).toThrow(message);
});
