import { testPromotion } from '../__testUtils__/testPromotion';
import { tookTimes } from './tookTimes';

const requestedAt = '2026-03-01T00:00:00Z';

it('says how long it took to decide and to be live', () => {
  const decided = testPromotion({
    state: 'approved',
    requestedAt,
    decidedAt: '2026-03-02T00:00:00Z',
  });
  expect(tookTimes(decided)).toEqual({
    decision: { how: 'decided', seconds: 86_400 },
  });
  const execution = {
    ...decided.execution,
    state: 'succeeded' as const,
    finishedAt: '2026-03-02T00:01:00Z',
  };
  expect(tookTimes({ ...decided, state: 'live', execution })).toEqual({
    decision: { how: 'decided', seconds: 86_400 },
    live: 60,
  });
});

it('says that the time was let go by, and nothing of what is not over or not known', () => {
  expect(
    tookTimes(
      testPromotion({
        state: 'expired',
        requestedAt,
        expiresAt: '2026-03-11T00:00:00Z',
      }),
    ),
  ).toEqual({ decision: { how: 'expired', seconds: 864_000 } });
  expect(
    tookTimes(testPromotion({ state: 'withdrawn', decidedAt: requestedAt }))
      .decision?.how,
  ).toBe('withdrawn');
  expect(tookTimes(testPromotion())).toEqual({});
  expect(tookTimes(testPromotion({ state: 'live', decidedAt: null }))).toEqual(
    {},
  );
});
