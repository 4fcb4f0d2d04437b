import { monitoringSchema } from './alertsConfig';

it.each([
  [{ rules: [{ id: 'a', category: 'missing', afterHours: 0 }] }, /afterHours/],
  [
    { rules: [{ id: 'a', category: 'drift', actions: ['x'] }] },
    /id of an action/,
  ],
  [
    {
      rules: [
        { id: 'a', category: 'drift' },
        { id: 'a', category: 'data' },
      ],
    },
    /every id once/,
  ],
  [
    {
      actions: [
        { id: 'a', type: 'webhook', url: 'https://a.example', secret: 'short' },
      ],
    },
    /16 characters/,
  ],
])('config %# is refused', (alerts, message) => {
  expect(() => monitoringSchema.parse({ alerts })).toThrow(message);
});
