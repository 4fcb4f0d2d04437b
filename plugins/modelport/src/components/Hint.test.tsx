import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Hint } from './Hint';

describe('Hint', () => {
  it('says more when it is pointed at or reached by keyboard, until it is left or escaped', async () => {
    const user = userEvent.setup();
    render(<Hint text="Nobody has confirmed it">high</Hint>);
    const words = screen.getByTitle('Nobody has confirmed it');
    expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();

    await user.tab();
    expect(words).toHaveFocus();
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'Nobody has confirmed it',
    );
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();
    expect(words).toHaveFocus();

    fireEvent.pointerEnter(words);
    expect(await screen.findByRole('tooltip')).toBeInTheDocument();
    fireEvent.pointerLeave(words);
    expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();
  });
});
