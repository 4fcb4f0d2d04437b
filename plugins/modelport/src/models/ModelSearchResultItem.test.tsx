import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { ModelSearchResultItem } from './ModelSearchResultItem';

const result = {
  title: 'car-loan-default',
  text: 'Probability that a loan is not repaid.',
  location: '/catalog/default/resource/car-loan-default',
  owner: 'group:default/risk-analytics',
  task: 'binary',
  framework: '',
  source: 'demo',
};

function highlightOf(text: string) {
  return { preTag: '<1>', postTag: '</1>', fields: { text } };
}

describe('ModelSearchResultItem', () => {
  it('leads to the model, and says that it is one and whose', async () => {
    renderPage(<ModelSearchResultItem result={result} />, { api: {} });
    expect(
      await screen.findByRole('link', { name: 'car-loan-default' }),
    ).toHaveAttribute('href', result.location);
    expect(screen.getByText(result.text)).toBeInTheDocument();
    expect(
      screen.getByText('ML model · risk-analytics · binary · demo'),
    ).toBeInTheDocument();
  });

  it('shows where the words stand, also far down in the text', async () => {
    const text = `Begins here. ${'more words '.repeat(50)}at <1>last</1> found`;
    const { container } = renderPage(
      <ModelSearchResultItem
        result={{ ...result, text: text.replace(/<.?1>/g, '') }}
        highlight={highlightOf(text)}
      />,
      { api: {} },
    );
    expect(await screen.findByText('last')).toContainHTML('<mark');
    expect(container).toHaveTextContent(/… .*more words at last found/);
    expect(container).not.toHaveTextContent('Begins here.');
  });

  describe('of a model with a card', () => {
    const indexed = {
      ...result,
      text: `${result.text}\nFewer charge-offs.\ncar loan default\nrisk-analytics`,
      description: result.text,
      keywords: 'car loan default\nrisk-analytics',
      cardVersion: '2',
      isCardInProduction: true,
    };
    const show = (word: string, part: Partial<typeof indexed> = {}) => {
      const { container } = renderPage(
        <ModelSearchResultItem
          result={{ ...indexed, ...part }}
          highlight={highlightOf(indexed.text.replaceAll(word, '<1>$&</1>'))}
        />,
        { api: {} },
      );
      return container;
    };

    it('says of which version the card is that it quotes', async () => {
      const container = show('Fewer');
      expect(await screen.findByText('Fewer')).toContainHTML('<mark');
      expect(container).toHaveTextContent(
        /repaid\. Fewer charge-offs\.ML model .* · quotes the card of version 2, in production\/models$/,
      );
    });

    it('says so of a version that is not in production, too', async () => {
      const container = show('charge-offs', { isCardInProduction: false });
      await screen.findByText('charge-offs');
      expect(container).toHaveTextContent(
        / · quotes the card of version 2\/models$/,
      );
    });

    it('quotes no card where the description has the word', async () => {
      const container = show('loan');
      expect(await screen.findByText('loan')).toContainHTML('<mark');
      expect(container).toHaveTextContent(
        /a loan is not repaid\. Fewer charge-offs\.ML model .* · demo\/models$/,
      );
    });

    it('shows the description where only names and tags have the word', async () => {
      const container = show('analytics');
      await screen.findByText(result.text);
      expect(container).toHaveTextContent(
        /repaid\.ML model .* · demo\/models$/,
      );
    });
  });

  it('shows a document that it does not know as what it says', async () => {
    const { title, text, location } = result;
    const { container } = renderPage(
      <ModelSearchResultItem result={{ title, text, location }} />,
      { api: {} },
    );
    await screen.findByRole('link', { name: title });
    expect(container).not.toHaveTextContent('ML model');
  });
});
