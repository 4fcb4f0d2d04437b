import { PointRow, SeriesRow } from '../PointRow';
import { rulesSchema } from './alertsConfig';
import { previewRules } from './previewRules';

const DAY = 86_400_000;
const SERIES: SeriesRow = {
  id: 1,
  kind: 'drift',
  tool: 'own',
  toolVersion: null,
  feature: 'age',
  statistic: 'psi',
  variant: null,
  method: null,
  slice: null,
  labels: null,
  direction: 'above',
  bins: null,
};

function pointsOf(days: number): PointRow[] {
  return Array.from({ length: days }, (_, day) => ({
    seriesId: 1,
    start: day * DAY,
    end: (day + 1) * DAY,
    isReference: false,
    value: 0.5,
    lower: null,
    upper: null,
    threshold: 0.2,
    lowerThreshold: null,
    nReference: null,
    nCurrent: null,
    labelled: null,
    breach: true,
    noiseFloor: null,
    detail: null,
    digest: 'd',
  }));
}

async function preview(rules: number, days: number, mostLookedAt?: number) {
  const answer = await previewRules({
    rules: rulesSchema.parse(
      Array.from({ length: rules }, (_, at) => ({
        id: `r${at}`,
        category: 'drift',
        windows: 1,
      })),
    ),
    series: [SERIES],
    points: pointsOf(days),
    importance: null,
    outsideIsDriftUpTo: 0.5,
    now: days * DAY,
    mostLookedAt,
  });
  return [
    answer.windows,
    answer.items.map(({ windows, fired }) => [windows, fired.length]),
  ];
}

it('rules are tried on the newest windows, and it is said on how many', async () => {
  expect(await preview(1, 30)).toEqual([30, [[30, 30]]]);
  expect(await preview(1, 500)).toEqual([500, [[400, 400]]]);
});

it('many rules share the work that one would take, from the newest window on', async () => {
  // Each window takes five: itself, three before, and the series.
  expect(await preview(1, 30, 50)).toEqual([30, [[10, 10]]]);
  expect(await preview(2, 30, 50)).toEqual([
    30,
    [
      [5, 5],
      [5, 5],
    ],
  ]);
  expect(await preview(50, 30, 50)).toEqual([30, new Array(50).fill([0, 0])]);
});
