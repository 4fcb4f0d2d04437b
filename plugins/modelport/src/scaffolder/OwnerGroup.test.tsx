import { Entity } from '@backstage/catalog-model';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderField } from './__testUtils__/renderField';
import { findOwnerProblem } from './findOwnerProblem';
import { OwnerGroup } from './OwnerGroup';

const group = (name: string, displayName?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: {
    type: 'team',
    children: [],
    ...(displayName && { profile: { displayName } }),
  },
});

const GROUPS = [
  group('claims'),
  group('model-risk', 'Model Risk'),
  group('risk-analytics', 'Risk Analytics'),
  group('pricing'),
];

function show(options: {
  own?: string[];
  value?: string;
  required?: boolean;
  catalog?: Partial<ReturnType<typeof catalogApiMock>>;
}) {
  const { own = [], value, required = true } = options;
  return renderField<string>(OwnerGroup, {
    apis: [
      [
        catalogApiRef,
        Object.assign(catalogApiMock({ entities: GROUPS }), options.catalog),
      ],
      [
        identityApiRef,
        {
          getUserId: () => 'ada',
          getIdToken: async () => undefined,
          getProfile: () => ({}),
          getProfileInfo: async () => ({}),
          getCredentials: async () => ({}),
          signOut: async () => {},
          getBackstageIdentity: async () => ({
            type: 'user' as const,
            userEntityRef: 'user:default/ada',
            ownershipEntityRefs: [
              'user:default/ada',
              ...own.map(name => `group:default/${name}`),
            ],
          }),
        },
      ],
    ],
    title: 'Owner',
    value,
    required,
  });
}

describe('OwnerGroup', () => {
  const owner = () => screen.getByRole('combobox', { name: /^Owner/ });
  const options = async () =>
    (await screen.findAllByRole('option')).map(
      ({ textContent }) => textContent,
    );

  it('offers the groups of the person first, by their titles', async () => {
    const sent = show({ own: ['risk-analytics', 'pricing'] });
    await userEvent.click(owner());
    await waitFor(async () => expect(await options()).toHaveLength(4));
    expect(await options()).toEqual([
      'pricinggroup:default/pricing',
      'Risk Analyticsgroup:default/risk-analytics',
      'claimsgroup:default/claims',
      'Model Riskgroup:default/model-risk',
    ]);
    const list = within(screen.getByRole('listbox'));
    expect(list.getByText('Yours')).toBeVisible();
    await userEvent.click(list.getByText('Risk Analytics'));
    expect(sent).toEqual(['group:default/risk-analytics']);
    expect(owner()).toHaveValue('Risk Analytics');
  });

  it('takes an only group at once, which can be taken back', async () => {
    const sent = show({ own: ['pricing'] });
    await waitFor(() => expect(sent).toEqual(['group:default/pricing']));
    expect(owner()).toHaveValue('pricing');
    await userEvent.clear(owner());
    await waitFor(() =>
      expect(sent).toEqual(['group:default/pricing', undefined]),
    );
    expect(owner()).toHaveValue('');
  });

  it('chooses nothing where nothing has to be chosen', async () => {
    const sent = show({ own: ['pricing'], required: false });
    await userEvent.click(owner());
    await waitFor(async () => expect(await options()).toHaveLength(4));
    expect(sent).toEqual([]);
  });

  it('finds a group by keyboard', async () => {
    const sent = show({});
    await userEvent.type(owner(), 'model r');
    await waitFor(async () =>
      expect(await options()).toEqual(['Model Riskgroup:default/model-risk']),
    );
    await userEvent.keyboard('{Enter}');
    expect(sent).toEqual(['group:default/model-risk']);
    await userEvent.clear(owner());
    await userEvent.type(owner(), 'nobody');
    expect(
      await screen.findByText('The catalog has no such group'),
    ).toBeVisible();
  });

  it('shows what is given already, also where the catalog does not have it', async () => {
    const sent = show({ own: ['pricing'], value: 'gone' });
    await waitFor(() => expect(owner()).toHaveValue('group:default/gone'));
    expect(sent).toEqual([]);
  });

  it('says where the catalog does not answer', async () => {
    show({
      catalog: {
        queryEntities: async () => {
          throw new Error('Nobody answers');
        },
      },
    });
    expect(
      await screen.findByText(/could not be read: Nobody answers/),
    ).toBeVisible();
  });
});

describe('findOwnerProblem', () => {
  const catalog = catalogApiMock({ entities: GROUPS });

  it.each([
    ['group:default/pricing', undefined],
    ['pricing', undefined],
    ['group:default/nobody', 'The catalog has no group:default/nobody'],
    ['user:default/ada', 'Choose a group'],
    ['group:', 'Choose a group'],
    ['a b<script>', 'The catalog has no'],
  ])('of %s: %s', async (value, words) => {
    const problem = await findOwnerProblem(value, catalog);
    expect(problem ?? '').toContain(words ?? '');
    expect(problem === undefined).toBe(words === undefined);
  });
});
