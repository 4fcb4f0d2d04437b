import { whyNotDecide } from './refusals';

const ADA = { entityRef: 'user:default/ada', isKnown: true };

type Asked = Parameters<typeof whyNotDecide>[0];

function why(part: Partial<Asked>) {
  const promotion: Asked = {
    state: 'in_review',
    excluded: [],
    decisions: [],
    changedAtRevision: null,
    ...part,
  };
  return whyNotDecide(promotion, ADA);
}

it('lets others decide', () => {
  expect(why({})).toBeUndefined();
});

it.each<[Partial<Asked>, string]>([
  [{ state: 'rolled_back' }, 'It is rolled back; nothing can be decided'],
  [
    { excluded: [{ entityRef: ADA.entityRef, why: 'author' }] },
    'You made the version; nobody decides on their own work.',
  ],
  [
    {
      decisions: [
        {
          by: ADA.entityRef,
          decision: 'approve',
          comment: null,
          groups: [],
          allGroups: [],
          revision: 2,
          at: '2026-03-01T00:00:00Z',
        },
      ],
    },
    'You approved it already; a decision counts once.',
  ],
])('says of %j in words of the page why not', (part, said) => {
  const reason = why(part);
  expect(reason).toContain(said);
  expect(reason).not.toMatch(/was kept|T00:00|promotion 3/);
});
