import { ADA, GRACE } from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

describePromotions('more documents than are read', ({ start }) => {
  it('hide no committer, and leave a gate on them open', async () => {
    const test = await start({
      config: {
        gates: [{ id: 'fast', type: 'latency', max: 5, from: ['service:ci'] }],
      },
    });
    await test.push('commits', {
      to: 'abc',
      commits: [{ id: 'abc', author: { email: 'grace@example.org' } }],
    });
    const of = { source: 'fake', name: 'credit', version: '2' };
    const document = (n: number) => ({
      bytes: Buffer.from(
        JSON.stringify({
          kind: 'latency',
          schemaVersion: 1,
          producer: { name: 'ci', version: '1' },
          producedAt: '2026-01-01T00:00:00Z',
          body: { unit: 'ms', n, percentiles: { p95: 1 } },
        }),
      ),
      kind: null,
      path: null,
      mediaType: 'application/json',
    });
    const push = async (from: number, count: number) =>
      test.evidence.push({
        ...of,
        visibility: undefined,
        by: 'service:ci',
        documents: Array.from({ length: count }, (_none, index) =>
          document(from + index),
        ),
      });
    for (let from = 1; from <= 500; from += 20) {
      await push(from, 20);
    }
    const preview = async () =>
      test.promotionRequests.preview({
        ...of,
        visibility: undefined,
        environment: 'production',
        requestedBy: ADA,
      });
    const full = await preview();
    expect(full.gates[0]).toMatchObject({ id: 'fast', outcome: 'pass' });
    await push(501, 1);
    const more = await preview();
    expect(more.gates[0].outcome).toBe('unknown');
    expect(more.gates[0].message).toContain('more latency evidence than');
    expect(more.excluded).toContainEqual({
      entityRef: GRACE,
      why: 'committer',
    });
  });
});
