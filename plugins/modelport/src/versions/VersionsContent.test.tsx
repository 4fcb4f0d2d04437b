import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BASE, renderVersions } from '../__testUtils__/renderVersions';
import { testResponseError } from '../__testUtils__/renderPage';
import { testVersion } from '../__testUtils__/testData';

const listOf = (...versions: ReturnType<typeof testVersion>[]) => ({
  listVersions: jest.fn(async () => ({
    items: versions,
    totalItems: versions.length,
    nextCursor: null,
  })),
});

describe('the list of versions', () => {
  it('shows versions and leads two chosen ones to the comparison', async () => {
    renderVersions(
      listOf(
        testVersion({ metrics: { test_roc_auc: 'Infinity' } }),
        testVersion({
          version: 'a/b %',
          aliases: ['champion'],
          runStatus: 'DELETED',
        }),
      ),
    );
    const table = await screen.findByRole('table');
    expect(table).toHaveTextContent('Infinity');
    expect(table).toHaveTextContent('champion');
    expect(table).toHaveTextContent('run deleted');
    expect(within(table).getByRole('link', { name: 'a/b %' })).toHaveAttribute(
      'href',
      `${BASE}/a%2Fb%20%25`,
    );
    for (const box of within(table).getAllByRole('checkbox')) {
      await userEvent.click(box);
    }
    expect(screen.getByRole('link', { name: 'Compare 2' })).toHaveAttribute(
      'href',
      `${BASE}/compare?versions=3&versions=a%2Fb+%25`,
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      `${BASE}?select=3&select=a%2Fb+%25`,
    );
  });

  it('says how a version arrives where there is none', async () => {
    renderVersions(listOf());
    expect(await screen.findByText('No versions yet')).toBeInTheDocument();
    expect(screen.getByText(/mlflow.register_model/)).toBeInTheDocument();
  });

  it('says why it could not be loaded', async () => {
    const error = await testResponseError(403, 'Not for you');
    renderVersions({ listVersions: () => Promise.reject(error) });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not see this',
    );
  });
});
