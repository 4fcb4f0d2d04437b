import { monitorDefinition } from '@modelport/plugin-modelport-common';
import { documentsOfPerformance } from './documentsOf';
import { performanceOfRows } from './performanceOfRows';

const DAY = 86_400_000;
const WINDOW = { start: 0, end: DAY };
const ROWS = [
  { score: 0.9, label: 1 },
  { score: 0.2, label: 0 },
  { score: 0.4 },
];

async function labelledOf(label: object, now: number) {
  const read = monitorDefinition.parse({
    reference: { data: { path: '/x.csv' } },
    label: {
      column: 'label',
      prediction: 'score',
      task: 'probability',
      ...label,
    },
  }).label!;
  const [document] = await documentsOfPerformance(
    WINDOW,
    performanceOfRows(ROWS, read),
    { label: read, naiveError: null, now },
  );
  return JSON.parse(String(document.bytes)).body.figures[0].labelled;
}

it.each([
  ['until all labels are in', {}, 3650, 2 / 3],
  ['as long as labels mature', { maturesAfterDays: 30 }, 30, 2 / 3],
  ['no longer than that', { maturesAfterDays: 30 }, 31, null],
  [
    'until its end where accepted cases alone have some',
    { of: 'accepted-only' },
    1,
    null,
  ],
])('a window is open %s', async (_, label, day, expected) => {
  expect(await labelledOf(label, day * DAY)).toEqual(expected);
});
