import { Signature } from '@modelport/plugin-modelport-common';
import {
  judged,
  testEvidence,
  testGateModel,
  testGateVersion,
} from '../../__testUtils__/gateFacts';

describe('drift', () => {
  it.each([
    ['unknown', 'none', 'unknown'],
    ['none', 'none', 'pass'],
    ['warning', 'none', 'fail'],
    ['warning', 'warning', 'pass'],
    ['drifting', 'warning', 'fail'],
  ] as const)('%s where %s is allowed: %s', (drift, worst, outcome) => {
    const model = { ...testGateModel, drift };
    expect(judged({ type: 'drift', worst }, { model }).outcome).toBe(outcome);
  });

  it('counts only who the rule names, and nothing that is too old', () => {
    const facts = {
      model: { ...testGateModel, drift: 'none' as const },
      production: testGateVersion('2', [
        testEvidence('drift', {}, { from: 'push-token:1' }),
      ]),
    };
    const rule = { type: 'drift', from: ['push-token:1'] };
    expect(judged({ type: 'drift' }, facts).outcome).toBe('unknown');
    expect(judged(rule, facts).outcome).toBe('pass');
    expect(judged({ ...rule, maxAgeDays: 1 }, facts).outcome).toBe('unknown');
  });

  it('cannot tell where what is read is cut and not all from who counts', () => {
    const documents = ['service:ci', 'push-token:1'].map(from =>
      testEvidence('drift', { from }, { from }),
    );
    const of = (...evidence: typeof documents) =>
      judged(
        { type: 'drift', from: ['service:ci'] },
        {
          model: { ...testGateModel, drift: 'none' as const },
          production: { ...testGateVersion('2', evidence), notAll: ['drift'] },
        },
      ).outcome;
    expect(of(...documents)).toBe('unknown');
    expect(of(documents[0])).toBe('pass');
    expect(
      judged(
        { type: 'drift', from: ['service:ci'] },
        {
          model: { ...testGateModel, drift: 'none' as const },
          production: testGateVersion('2', documents),
        },
      ),
    ).toMatchObject({
      outcome: 'unknown',
      message: expect.stringContaining(
        'Part of what is known of drift comes from push-token:1',
      ),
    });
  });
});

describe('latency', () => {
  const of = (body: unknown, rule: Record<string, unknown>) =>
    judged(
      { type: 'latency', max: 10, ...rule },
      { candidate: testGateVersion('3', [testEvidence('latency', body)]) },
    );
  const body = { unit: 'ms', n: 500, percentiles: { p50: 3, p95: 8 } };

  it('judges its percentile on its hardware', () => {
    expect(of(body, {})).toMatchObject({ outcome: 'pass', value: 8 });
    expect(of(body, { max: 7 }).outcome).toBe('fail');
    expect(of(body, { percentile: 'p99' }).message).toMatch(/says p99/);
    expect(of({ ...body, n: 29 }, {}).outcome).toBe('unknown');
    expect(of({ ...body, n: 1 }, { minimumRequests: 0 }).outcome).toBe('pass');
    expect(of(body, { hardware: 'gpu' }).outcome).toBe('unknown');
    expect(of({ ...body, hardware: 'gpu' }, { hardware: 'gpu' }).outcome).toBe(
      'pass',
    );
  });
});

describe('tests', () => {
  const suite = (name: string, ...outcomes: string[]) => ({
    name,
    tests: outcomes.map((outcome, at) => ({ name: `t${at}`, outcome })),
  });
  const of = (rule: Record<string, unknown>, ...bodies: unknown[]) =>
    judged(
      { type: 'tests', ...rule },
      {
        candidate: testGateVersion(
          '3',
          bodies.map(suites => testEvidence('tests', { suites })),
        ),
      },
    );

  it('passes where all do, fails where one does', () => {
    expect(of({}, [suite('golden', 'passed')])).toMatchObject({
      outcome: 'pass',
      value: '1 of 1',
    });
    expect(of({}, [suite('golden', 'passed', 'failed')])).toMatchObject({
      outcome: 'fail',
      message: '1 passed, 1 failed, 0 skipped. Failed: golden: t1.',
    });
  });

  it('cannot tell what was skipped, is missing or empty', () => {
    const skipped = [suite('golden', 'passed', 'skipped')];
    expect(of({}, skipped).outcome).toBe('unknown');
    expect(of({ allowSkipped: true }, skipped).outcome).toBe('pass');
    expect(of({ suites: ['behaviour'] }, skipped).message).toMatch(
      /Not there: behaviour/,
    );
    expect(of({}, [suite('golden')]).outcome).toBe('unknown');
    expect(of({}).outcome).toBe('unknown');
  });

  it('takes suites of one name in one report together', () => {
    const twice = [suite('pytest', 'failed'), suite('pytest', 'passed')];
    expect(of({}, twice)).toMatchObject({ outcome: 'fail', value: '1 of 2' });
  });

  it('takes of each suite the newest document', () => {
    expect(
      of(
        {},
        [suite('golden', 'passed')],
        [suite('golden', 'failed'), suite('behaviour', 'passed')],
      ),
    ).toMatchObject({ outcome: 'pass', value: '2 of 2' });
  });
});

describe('signature-compatible', () => {
  const column = (name: string, type = 'double') => ({
    name,
    type,
    required: true,
    shape: null,
  });
  const signature = (...inputs: Signature['inputs']): Signature => ({
    inputs,
    outputs: [],
    params: [],
  });
  const of = (ours: Signature | null, theirs: Signature | null) =>
    judged(
      { type: 'signature-compatible' },
      {
        candidate: testGateVersion('3', [], { signature: ours }),
        production: testGateVersion('2', [], { signature: theirs }),
      },
    );

  it('passes what callers need not notice, and names what breaks them', () => {
    const old = signature(column('age', 'integer'));
    expect(of(signature(column('age', 'long')), old).outcome).toBe('pass');
    expect(of(signature(column('age', 'string')), old)).toMatchObject({
      outcome: 'fail',
      value: '1 breaking of 1 changes',
      message:
        'inputs age retyped from integer to string: The new type is another.',
    });
  });

  it('cannot tell without one, and has nothing to tell where nothing is live', () => {
    expect(of(null, signature()).message).toMatch(/Version 3 has no signature/);
    expect(of(signature(), null).message).toMatch(/Version 2 has no signature/);
    expect(judged({ type: 'signature-compatible' }, {}).outcome).toBe('pass');
  });
});

describe('card-complete', () => {
  const card = {
    template: 'default',
    score: 0.8,
    missing: [{ path: 'limits', reason: 'absent' as const }],
  };

  it('judges the score of the tier, and names what is missing', () => {
    expect(judged({ type: 'card-complete' }, { card })).toMatchObject({
      title: 'Card complete for risk tier high',
      outcome: 'fail',
      value: 0.8,
      message: '80 % by the template default. Missing: limits.',
    });
    expect(
      judged({ type: 'card-complete', minimum: 0.8 }, { card }).outcome,
    ).toBe('pass');
    expect(judged({ type: 'card-complete' }, {}).outcome).toBe('unknown');
  });

  it('cannot tell where there are more cards than are read', () => {
    const candidate = { ...testGateVersion('3'), notAll: ['card'] };
    expect(
      judged({ type: 'card-complete', minimum: 0.1 }, { card, candidate })
        .outcome,
    ).toBe('unknown');
  });

  it('does not let in a card that anybody could have pushed', () => {
    const candidate = testGateVersion('3', [
      testEvidence('card', {}, { from: 'push-token:1' }),
    ]);
    expect(
      judged({ type: 'card-complete', minimum: 0.1 }, { card, candidate })
        .outcome,
    ).toBe('unknown');
  });
});

describe('validation-report', () => {
  const body = {
    validator: 'User:default/Rosa',
    independent: true,
    conclusion: 'fit',
    signedAt: '2026-05-01T10:00:00Z',
  };
  const of = (
    part: object,
    groups?: string[],
    owner?: string | null,
    makers?: string[],
    ownerGroups?: string[],
  ) =>
    judged(
      { type: 'validation-report', from: ['service:validation'] },
      {
        candidate: testGateVersion('3', [
          testEvidence(
            'validation',
            { ...body, ...part },
            { from: 'service:validation' },
          ),
        ]),
        groupsOf: new Map(groups && [['user:default/rosa', groups]]),
        ...(owner !== undefined && { owner }),
        ...(ownerGroups && { ownerGroups }),
        makers,
      },
    );
  const risk = ['group:default/model-risk'];

  it('passes where somebody outside the owning group finds it fit', () => {
    expect(of({}, risk)).toMatchObject({ outcome: 'pass', value: 'fit' });
    expect(of({ conclusion: 'not fit' }, risk).outcome).toBe('fail');
  });

  it('fails where it is not independent, whatever it says itself', () => {
    expect(of({}, ['group:default/risk-analytics']).outcome).toBe('fail');
    expect(of({ independent: false }, risk).outcome).toBe('fail');
    const team = ['group:default/team-x'];
    const ada = 'user:default/ada';
    expect(of({}, team, ada, [], team)).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining(`belongs to ${team[0]}, as ${ada} does`),
    });
    expect(of({}, risk, ada, [], team).outcome).toBe('pass');
    expect(of({}, risk, undefined, ['user:default/rosa'])).toMatchObject({
      outcome: 'fail',
      message: 'user:default/rosa signed it, who made the version.',
    });
  });

  it('cannot tell of people whom the catalog does not know, and of models without owners', () => {
    expect(of({}).outcome).toBe('unknown');
    expect(of({}, risk, null).outcome).toBe('unknown');
    expect(of({ signedAt: 'yesterday' }, risk).outcome).toBe('unknown');
    expect(of({ signedAt: '2099-01-01T00:00:00Z' }, risk).message).toMatch(
      /signed at 2099.*still to come/,
    );
  });
});

describe('evidence-age', () => {
  const of = (maxAgeDays: number) =>
    judged(
      { type: 'evidence-age', kinds: ['tests', 'metrics'], maxAgeDays },
      {
        candidate: testGateVersion('3', [
          testEvidence('tests', {}),
          testEvidence(
            'metrics',
            {},
            {
              producedAt: '2026-05-25T00:00:00Z',
              receivedAt: '2026-05-25T00:00:00Z',
            },
          ),
        ]),
      },
    );

  it('wants every kind, and the oldest of them new enough', () => {
    expect(of(31)).toMatchObject({
      outcome: 'pass',
      value: '2 of 2',
      producedAt: '2026-05-01T00:00:00.000Z',
    });
    expect(of(30)).toMatchObject({ outcome: 'unknown', value: '1 of 2' });
  });

  it('says what is judged by the age of the version, and when it was received', () => {
    const result = judged(
      { type: 'evidence-age', kinds: ['tests'], maxAgeDays: 70 },
      {
        candidate: testGateVersion('3', [
          testEvidence('tests', {}, { producedAt: null }),
        ]),
      },
    );
    expect(result).toMatchObject({
      outcome: 'pass',
      producedAt: null,
      receivedAt: '2026-05-02T00:00:00.000Z',
    });
    expect(result.message).toMatch(
      /taken to be as old as the version, of 2026-04-01/,
    );
  });
});

describe('explanation-stable', () => {
  const explanation = (
    importance: Record<string, number>,
    part: Record<string, unknown> = {},
  ) => ({
    explains: { output: 'margin' },
    perturbation: 'interventional',
    background: { digest: 'bg' },
    rows: [{ id: '1' }, { id: '2' }],
    outputs: [
      {
        features: Object.entries(importance).map(([name, meanAbs]) => ({
          name,
          meanAbs,
        })),
      },
    ],
    ...part,
  });
  const of = (ours: unknown, theirs: unknown) =>
    judged(
      { type: 'explanation-stable' },
      {
        candidate: testGateVersion('3', [testEvidence('explanation', ours)]),
        production: testGateVersion('2', [testEvidence('explanation', theirs)]),
      },
    );
  const before = explanation({ a: 4, b: 3, c: 2, d: 1 });

  it('compares the ranks', () => {
    expect(of(before, before)).toMatchObject({ outcome: 'pass', value: 1 });
    // Two neighbours of four changed places: 1 - 6 * 2 / (4 * 15).
    expect(of(explanation({ a: 4, b: 2, c: 3, d: 1 }), before)).toMatchObject({
      outcome: 'pass',
      value: expect.closeTo(0.8, 12),
    });
    expect(of(explanation({ a: 1, b: 2, c: 3, d: 4 }), before)).toMatchObject({
      outcome: 'fail',
      value: -1,
    });
  });

  it.each([
    ['another background', { background: { digest: 'other' } }],
    ['no background', { background: null }],
    ['other rows', { rows: [{ id: '1' }, { id: '3' }] }],
    ['rows that are not known', { rows: null }],
    ['another output', { explains: { output: 'probability' } }],
    ['another way of making it', { perturbation: 'path-dependent' }],
    ['no schema', { outputs: [] }],
  ])('compares nothing with %s', (_what, part) => {
    expect(
      of(explanation({ a: 4, b: 3, c: 2, d: 1 }, part), before).outcome,
    ).toBe('unknown');
  });

  it('is unknown where one of them is not there', () => {
    expect(
      judged(
        { type: 'explanation-stable' },
        { production: testGateVersion('2') },
      ).outcome,
    ).toBe('unknown');
  });
});
