import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { EvidenceTimes } from './EvidenceTimes';

it('takes no time of reading for one of making, and names that of the data apart', async () => {
  renderPage(
    <EvidenceTimes
      of={{
        producedAt: null,
        receivedAt: new Date(Date.now() - 300_000).toISOString(),
        window: {
          start: '2019-05-01T12:00:00.000Z',
          end: '2019-05-31T12:00:00.000Z',
        },
      }}
    />,
    { api: {} },
  );
  expect(await screen.findByText(/^not stated; first seen/)).toHaveTextContent(
    /5 minutes ago/,
  );
  expect(screen.getByText(/^data from/)).toHaveTextContent(/2019/);
});
