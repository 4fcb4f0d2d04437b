import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderPage,
  testEntity,
  testResponseError,
} from '../__testUtils__/renderPage';
import {
  BASE,
  ID,
  apiOf,
  renderCard,
  testCard,
} from '../__testUtils__/testCard';
import { testModel } from '../__testUtils__/testData';
import { CardContent } from './CardContent';

describe('attestations of a card', () => {
  it('says who may attest where the reader may not', async () => {
    const card = testCard({ revision: 'r1' });
    renderPage(<CardContent />, {
      api: apiOf({ getCard: jest.fn(async () => card) }),
      entity: testEntity(),
      address: BASE,
      mountPath: `${BASE}/*`,
      allowed: false,
    });
    expect(
      await screen.findByText(/You may not attest this card/),
    ).toHaveTextContent('modelport.cards.attest');
    expect(screen.queryByRole('button', { name: 'Attest' })).toBeNull();
  });

  it('lets the reader attest fields as they were read, and says why that failed', async () => {
    const card = testCard({ revision: 'r1' });
    const api = apiOf({
      getCard: jest.fn(async () => card),
      attestCard: jest
        .fn()
        .mockRejectedValueOnce(await testResponseError(409, 'It has changed'))
        .mockResolvedValueOnce(card),
    });
    renderCard(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Attest' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Attest the card of version 2',
    });
    // A placeholder says nothing that anybody could attest.
    expect(within(dialog).queryByLabelText('Limitations')).toBeNull();
    await userEvent.click(within(dialog).getByLabelText('All of them'));
    await userEvent.click(within(dialog).getByLabelText('Owners'));
    const send = within(dialog).getByRole('button', {
      name: 'Attest 4 fields',
    });
    await userEvent.click(send);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'Nothing was attested: It has changed',
    );
    await userEvent.click(send);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.attestCard).toHaveBeenLastCalledWith(ID, '2', {
      paths: ['purpose', 'metrics', 'hyperparameters', 'inputs'],
      revision: 'r1',
    });
    expect(api.getCard).toHaveBeenCalledTimes(2);
  });

  it('leads who may to attest in one go what is written and waits, and says why it is judged as a stricter tier', async () => {
    const card = testCard({ revision: 'r1' });
    const missing = [
      { path: 'purpose', reason: 'unattested' as const },
      { path: 'metrics', reason: 'unattested' as const },
      { path: 'limitations', reason: 'placeholder' as const },
    ];
    const api = apiOf({
      getModel: async () =>
        testModel({
          riskTier: 'high',
          riskTierProposed: 'medium',
          riskTierConfirmed: null,
        }),
      getCard: async () => ({
        ...card,
        completeness: { ...card.completeness, missing },
      }),
      attestCard: jest.fn(async () => card),
    });
    renderCard(api);
    const waiting = await screen.findByRole('alert');
    expect(waiting).toHaveTextContent(
      /^2 fields that the template asks for say something and do not count yet/,
    );
    expect(
      screen.getByText(/The tier medium is proposed.*judged as high/),
    ).toBeInTheDocument();
    await userEvent.click(
      within(waiting).getByRole('button', { name: 'Attest' }),
    );
    const dialog = await screen.findByRole('dialog');
    const needed = within(dialog).getByLabelText(
      'All that the template asks for (2)',
    );
    await userEvent.click(needed);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Attest 2 fields' }),
    );
    await waitFor(() =>
      expect(api.attestCard).toHaveBeenCalledWith(ID, '2', {
        paths: ['purpose', 'metrics'],
        revision: 'r1',
      }),
    );
  });

  it('says of a file whose it is, and warns who attests what the evidence contradicts', async () => {
    const card = testCard({ revision: 'r1' });
    const provenance = {
      from: 'written' as const,
      evidence: null,
      by: null,
      at: null,
      file: {
        path: 'model_card/README.md',
        readAt: '2026-02-02T00:00:00Z',
        versionBy: 'ada',
      },
    };
    const value = [{ key: 'auc', value: 0.99, dataset: null, slice: null }];
    renderCard(
      apiOf({
        getCard: async () => ({
          ...card,
          fields: {
            ...card.fields,
            metrics: { value, provenance },
            attestedBy: {
              value: 'user:default/rosa',
              provenance: { ...provenance, file: undefined },
            },
          },
          contradictions: [
            {
              path: 'metrics.auc',
              written: 0.99,
              derived: 0.9,
              evidence: null,
            },
          ],
        }),
      }),
    );
    expect(
      await screen.findByText(
        (_, element) =>
          element?.tagName === 'SPAN' &&
          /^written in model_card\/README.md, an artefact of version 2, which ada made · read /.test(
            element.textContent ?? '',
          ),
      ),
    ).toBeInTheDocument();
    await userEvent.click(
      (
        await screen.findAllByRole('button', { name: 'Attest' })
      )[0],
    );
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).queryByLabelText('Attested by')).toBeNull();
    expect(within(dialog).queryByRole('alert')).not.toBeInTheDocument();
    await userEvent.click(
      within(dialog).getByLabelText(/^Metrics.*contradicted by the evidence/),
    );
    expect(within(dialog).getByRole('alert')).toHaveTextContent(
      /The card contradicts the evidence.*0\.99.*0\.9/,
    );
  });

  it('lets who attested a field take that back, and nobody else', async () => {
    const at = '2026-02-02T00:00:00Z';
    const card = testCard({
      attestations: {
        purpose: { by: 'user:default/guest', at },
        owners: { by: 'user:default/rosa', at },
      },
    });
    const api = apiOf({
      getCard: jest.fn(async () => card),
      withdrawAttestations: jest
        .fn()
        .mockRejectedValueOnce(await testResponseError(409, 'You attest none'))
        .mockResolvedValueOnce(card),
    });
    renderCard(api);
    const purpose = await screen.findByRole('group', {
      name: 'Business purpose',
    });
    const withdraw = await within(purpose).findByRole('button', {
      name: 'Withdraw your attestation of Business purpose',
    });
    expect(screen.getAllByRole('button', { name: /^Withdraw/ })).toEqual([
      withdraw,
    ]);
    await userEvent.click(withdraw);
    expect(await within(purpose).findByRole('alert')).toHaveTextContent(
      'It was not withdrawn: You attest none',
    );
    await userEvent.click(withdraw);
    await waitFor(() => expect(api.getCard).toHaveBeenCalledTimes(2));
    expect(api.withdrawAttestations).toHaveBeenLastCalledWith(ID, '2', {
      paths: ['purpose'],
    });
    expect(within(purpose).queryByRole('alert')).toBeNull();
  });
});
