import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { openReview } from '../__testUtils__/openReview';
import { testResponseError } from '../__testUtils__/renderPage';
import { testActions, testPromotion } from '../__testUtils__/testPromotion';

const MAY_SPEAK = testPromotion({
  actions: testActions({ comment: { allowed: true, reason: null } }),
});

describe('the conversation about a promotion', () => {
  it('shows what is said, and that it was said in the audit trail', async () => {
    const api = openReview(MAY_SPEAK);
    const conversation = await screen.findByRole('region', {
      name: 'Conversation',
    });
    await waitFor(() => expect(api.listAudit).toHaveBeenCalledTimes(1));
    const said = testPromotion({
      actions: MAY_SPEAK.actions,
      comments: [
        {
          by: 'user:default/grace',
          text: 'Mind the end of the year',
          at: '2026-03-01T00:00:00Z',
        },
      ],
    });
    api.commentPromotion.mockImplementation(async () => said);
    api.getPromotion.mockImplementation(async () => said);
    const field = within(conversation).getByLabelText('Say something');
    await userEvent.type(field, ' Mind the end of the year ');
    await userEvent.click(
      within(conversation).getByRole('button', { name: 'Send' }),
    );
    expect(api.commentPromotion).toHaveBeenCalledWith(
      '7',
      'Mind the end of the year',
    );
    expect(
      await within(conversation).findByText('Mind the end of the year'),
    ).toBeInTheDocument();
    expect(field).toHaveValue('');
    await waitFor(() => expect(api.listAudit).toHaveBeenCalledTimes(2));
  });

  it('keeps what could not be said', async () => {
    const api = openReview(MAY_SPEAK);
    const refused = await testResponseError(409, 'It has 500 comments already');
    api.commentPromotion.mockImplementation(async () => {
      throw refused;
    });
    const field = await screen.findByLabelText('Say something');
    await userEvent.type(field, 'One more');
    await userEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(
      await screen.findByText(/It has 500 comments already/),
    ).toBeInTheDocument();
    expect(field).toHaveValue('One more');
  });

  it('is read by who may not speak', async () => {
    openReview(
      testPromotion({
        actions: testActions({ comment: { allowed: false, reason: 'No' } }),
      }),
    );
    expect(
      await screen.findByRole('region', { name: 'Conversation' }),
    ).toHaveTextContent('Nobody has said anything yet.');
    expect(screen.queryByLabelText('Say something')).not.toBeInTheDocument();
  });
});
