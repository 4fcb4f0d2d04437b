import { screen, waitFor } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { Page } from './Page';

it('is the main part of the document, under its own title', async () => {
  renderPage(<Page page="sources">content</Page>, {
    api: {},
    config: { app: { title: 'Portal' } },
  });
  expect(await screen.findByRole('main')).toHaveTextContent('content');
  await waitFor(() => expect(document.title).toBe('Sources | Portal'));
});
