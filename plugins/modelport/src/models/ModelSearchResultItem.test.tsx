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
      <ModelSearchResultItem result={result} highlight={highlightOf(text)} />,
      { api: {} },
    );
    expect(await screen.findByText('last')).toContainHTML('<mark');
    expect(container).toHaveTextContent(/… .*more words at last found/);
    expect(container).not.toHaveTextContent('Begins here.');
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
