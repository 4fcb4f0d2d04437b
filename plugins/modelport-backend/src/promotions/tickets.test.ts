import { InputError } from '@backstage/errors';
import { ChangeTickets } from '@modelport/plugin-modelport-node';
import { Knex } from 'knex';
import {
  ADA,
  CREDIT,
  GRACE,
  ROSA,
  signal,
  TestPromotions,
} from './__testUtils__/createTestPromotions';
import { describePromotions } from './__testUtils__/describePromotions';

describePromotions('change tickets', setup => {
  let knex: Knex;
  let now: Date;

  beforeEach(async () => {
    knex = await setup.database();
    now = new Date();
  });

  const start = async (tickets: ChangeTickets) =>
    setup.start({ tickets, now: () => now }, knex);
  const wait = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
  };
  const ask = async (test: TestPromotions, ticket: string | null) =>
    test.promotionRequests.request({
      ...CREDIT,
      version: '2',
      environment: 'production',
      requestedBy: ADA,
      reason: 'It is better',
      ticket,
    });
  const audited = async (action: string) =>
    knex('audit_entries').where({ action });

  it('are asked for again before anything is changed, and hold it up until they are in order', async () => {
    let state = 'approved';
    const test = await start({
      check: async reference => {
        if (state === 'closed') {
          throw new InputError(`${reference} is closed`);
        }
        return { reference, url: null, state };
      },
    });
    const asked = await ask(test, 'CHG-7');
    await test.decide(asked.id, GRACE);
    state = 'closed';
    wait(1);
    const failed = await test.decide(asked.id, ROSA);
    expect(failed).toMatchObject({
      state: 'failed',
      execution: {
        message:
          'The change ticket CHG-7 may not be used: CHG-7 is closed. Nothing was changed; try again when the ticket is in order',
      },
    });
    expect(await test.alias()).toBe('1');
    state = 'scheduled';
    wait(1);
    const live = await test.promotionReviews.execute({
      id: asked.id,
      by: ROSA,
    });
    expect(live).toMatchObject({
      state: 'live',
      changeTicket: { reference: 'CHG-7', state: 'scheduled' },
    });
    expect(
      live.changeTicket?.checks?.map(check => [
        check.when,
        check.allowed,
        check.state ?? check.message,
      ]),
    ).toEqual([
      ['request', true, 'approved'],
      ['execution', false, 'CHG-7 is closed'],
      ['execution', true, 'scheduled'],
    ]);
    expect(await audited('promotion.ticket-checked')).toHaveLength(2);
  });

  it('that are gone by then hold it up, and a tracker that can not be asked does not', async () => {
    let answer: () => undefined;
    const tracked = { reference: 'CHG-7', url: null, state: 'approved' };
    let isAsked = false;
    const test = await start({
      check: async () => (isAsked ? answer() : tracked),
    });
    const first = await ask(test, 'CHG-7');
    await test.decide(first.id, GRACE);
    isAsked = true;
    answer = () => undefined;
    expect(await test.decide(first.id, ROSA)).toMatchObject({
      state: 'failed',
      execution: {
        message: expect.stringContaining('The tracker no longer has CHG-7'),
      },
    });
    answer = () => {
      throw new Error('it rains there');
    };
    expect(
      await test.promotionReviews.execute({ id: first.id, by: ROSA }),
    ).toMatchObject({
      state: 'live',
      changeTicket: {
        message: 'The ticket could not be looked up: it rains there',
      },
    });
  });

  it('are asked for once while an execution waits for its registry', async () => {
    let asked = 0;
    const test = await start({
      check: async reference => {
        asked += 1;
        return { reference, url: null, state: 'approved' };
      },
    });
    const { id } = await ask(test, 'CHG-7');
    await test.decide(id, GRACE);
    test.source.onCall = ({ method }) => {
      if (method === 'setAlias') {
        throw new Error('down');
      }
    };
    await test.decide(id, ROSA);
    for (let round = 0; round < 5; round++) {
      wait(1);
      await test.promotionRounds.continueAll({ signal });
    }
    expect(asked).toBe(2);
    test.source.onCall = () => {};
    wait(1);
    await test.promotionRounds.continueAll({ signal });
    expect((await test.promotionJudging.current(id)).state).toBe('live');
  });

  it('are opened by and by where the tracker is down at first', async () => {
    let isDown = true;
    const test = await start({
      open: async ({ id, path }) => {
        if (isDown) {
          throw new Error('it rains there');
        }
        return {
          reference: `CHG-${id}`,
          url: `https://t${path}`,
          state: 'new',
        };
      },
    });
    const asked = await ask(test, null);
    expect(asked).toMatchObject({
      ticket: null,
      changeTicket: { message: 'No ticket could be opened: it rains there' },
    });
    for (let round = 0; round < 3; round++) {
      wait(6);
      await test.promotionRounds.continueAll({ signal });
    }
    expect(await audited('promotion.ticket-not-opened')).toHaveLength(1);
    isDown = false;
    wait(6);
    await test.promotionRounds.continueAll({ signal });
    expect(await test.promotionJudging.current(asked.id)).toMatchObject({
      ticket: `CHG-${asked.id}`,
      changeTicket: {
        url: `https://t/models/promotions/${asked.id}`,
        checks: [{ when: 'opened', state: 'new', allowed: true }],
      },
    });
    wait(60);
    await test.promotionRounds.continueAll({ signal });
    expect(await audited('promotion.ticket-opened')).toHaveLength(1);
  });

  it('are opened by another backend where the first one died over it', async () => {
    let isOpening = () => {};
    const opening = new Promise<void>(resolve => {
      isOpening = resolve;
    });
    const first = await start({
      open: () => {
        isOpening();
        // As of a backend that is gone.
        return new Promise(() => {});
      },
    });
    const second = await start({
      open: async ({ id }) => ({
        reference: `CHG-${id}`,
        url: null,
        state: 'new',
      }),
    });
    ask(first, null).catch(() => {});
    await opening;
    await second.promotionRounds.continueAll({ signal });
    // It may still be at it.
    expect(await audited('promotion.ticket-opened')).toHaveLength(0);
    wait(2);
    await second.promotionRounds.continueAll({ signal });
    expect(await audited('promotion.ticket-opened')).toHaveLength(1);
  });

  it('asks the tracker CREDIT change tickets, and opens one where none is named', async () => {
    const opened: string[] = [];
    const tracker = {
      open: async ({ id }: { id: string }) => {
        opened.push(id);
        return { reference: `CHG-${id}`, url: null, state: 'new' };
      },
      check: async (reference: string) => {
        if (reference === 'down') {
          throw new Error('it rains there');
        }
        return reference === 'CHG-7'
          ? { reference, url: 'https://t.example/7', state: 'approved' }
          : undefined;
      },
    };
    const test = await start(tracker);
    const askFor = (version: string, ticket: string | null) =>
      test.promotionRequests.request({
        ...CREDIT,
        version,
        environment: 'staging',
        requestedBy: ADA,
        reason: 'r',
        ticket,
      });
    await expect(askFor('2', 'CHG-9')).rejects.toThrow(
      'The tracker has no change ticket "CHG-9". Nothing was kept.',
    );
    expect((await askFor('2', 'CHG-7')).changeTicket).toMatchObject({
      reference: 'CHG-7',
      url: 'https://t.example/7',
      state: 'approved',
      message: null,
    });
    expect(await askFor('3', null)).toMatchObject({
      ticket: `CHG-${opened[0]}`,
      changeTicket: { state: 'new' },
    });
    expect(await askFor('1', 'down')).toMatchObject({
      ticket: 'down',
      changeTicket: {
        state: null,
        message: 'The ticket could not be looked up: it rains there',
      },
    });
    expect(opened).toHaveLength(1);
    expect(await test.audited()).toContain('promotion.ticket-opened');
  });
});
