/** A person of the demo organisation, as the sign-in page offers them. */
export interface DemoPerson {
  /** Value of the header `x-demo-user`. */
  id: string;
  name: string;
  role: string;
  team: string;
  /** What the person comes to the portal for. */
  purpose: string;
}

/** The people of the demo; the auth provider `demo` knows the same. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    id: 'ada',
    name: 'Ada',
    role: 'Author',
    team: 'Risk Analytics',
    purpose: 'Trains models and owns some of them.',
  },
  {
    id: 'grace',
    name: 'Grace',
    role: 'Reviewer',
    team: 'Risk Analytics',
    purpose: 'Trains models beside Ada.',
  },
  {
    id: 'rosa',
    name: 'Rosa',
    role: 'Risk officer',
    team: 'Model Risk',
    purpose: 'Confirms how risky a model is.',
  },
  {
    id: 'adam',
    name: 'Adam',
    role: 'Admin',
    team: 'Platform',
    purpose: 'Connects registries and keeps them in step.',
  },
];
