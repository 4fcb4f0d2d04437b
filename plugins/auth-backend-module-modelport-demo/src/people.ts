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
      email: 'ada@example.com',
      groups: ['group:default/risk-analytics'],
    },
  ],
  [
    'grace',
    {
      displayName: 'Grace',
      email: 'grace@example.com',
      groups: ['group:default/risk-analytics'],
    },
  ],
  [
    'rosa',
    {
      displayName: 'Rosa',
      email: 'rosa@example.com',
      groups: ['group:default/model-risk'],
    },
  ],
  [
    'adam',
    {
      displayName: 'Adam',
      email: 'adam@example.com',
      groups: ['group:default/platform'],
    },
  ],
]);
