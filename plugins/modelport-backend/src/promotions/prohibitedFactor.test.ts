import { ADA, GRACE, ROSA } from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

const V2 = { source: 'fake', name: 'credit', version: '2' };

describePromotions('a prohibited factor among the reasons', ({ start }) => {
  it('blocks the promotion of the version until another person closes the finding', async () => {
    const test = await start();
    const { id } = await test.request();
    await test.knex.transaction(trx =>
      test.findings.raise(trx, V2, {
        decisions: 2,
        features: ['age'],
        by: GRACE,
        at: new Date().toISOString(),
      }),
    );
    await test.findings.tell(V2);
    const gatesOf = async () => {
      const found = await test.promotionJudging.current(id);
      return (found.now ?? found.requested).gates;
    };
    expect(await gatesOf()).toContainEqual(
      expect.objectContaining({
        id: 'prohibited-factor',
        outcome: 'fail',
        waivable: false,
        blocking: true,
        message:
          '2 decisions were given no reasons, since a prohibited factor was among them: age.',
      }),
    );
    await test.decide(id, GRACE);
    await expect(test.decide(id, ROSA)).resolves.not.toMatchObject({
      state: 'live',
    });
    await expect(test.findings.close(V2, GRACE, 'mine')).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    await test.findings.close(V2, ADA, 'The figures were made up');
    expect((await gatesOf()).map(({ id: gate }) => gate)).not.toContain(
      'prohibited-factor',
    );
  });
});
