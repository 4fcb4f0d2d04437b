/** A person of the demo organisation. */
export interface DemoPerson {
  displayName: string;
  email: string;
  /** Groups of the demo organisation that the person belongs to. */
  groups: string[];
}

/** The people of the demo organisation, by the name under which they sign in. */
export const DEMO_PEOPLE: ReadonlyMap<string, DemoPerson> = new Map([
  [
    'ada',
    {
      displayName: 'Ada',
      email: 'ada@example.org',
      groups: ['group:default/risk-analytics'],
    },
  ],
  [
    'grace',
    {
      displayName: 'Grace',
      email: 'grace@example.org',
      groups: ['group:default/risk-analytics'],
    },
  ],
  [
    'rosa',
    {
      displayName: 'Rosa',
      email: 'rosa@example.org',
      groups: ['group:default/model-risk'],
    },
  ],
  [
    'adam',
    {
      displayName: 'Adam',
      email: 'adam@example.org',
      groups: ['group:default/platform'],
    },
  ],
]);
