import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { CheckedText } from './CheckedText';

const WINDOW = {
  start: '2026-11-01T00:00:00.000Z',
  end: '2026-12-01T00:00:00.000Z',
};
const GONE = {
  feature: 'gone',
  check: 'missing values',
  message: '100 % are missing, 0 % in the reference',
  evidence: 'd1',
  ...WINDOW,
};

describe('CheckedText', () => {
  it('calls no column unchecked in which something was found', async () => {
    renderInTestApp(
      <CheckedText
        checked={[{ feature: 'age', tool: 'Modelport', ...WINDOW }]}
        integrity={[{ ...GONE, tool: 'Modelport' }]}
        features={['age', 'gone', 'score']}
      />,
    );
    expect(
      await screen.findByText(
        'Modelport checked in 2026-11 and found nothing: age.',
      ),
    ).toBeVisible();
    expect(screen.getByText(/^Not known to be checked/)).toHaveTextContent(
      'by these names: score.',
    );
  });

  it('says nothing of columns where the tool does not say which it looked at, and found something', async () => {
    const tool = 'SageMaker Model Monitor';
    renderInTestApp(
      <>
        <CheckedText
          checked={[{ feature: null, tool, ...WINDOW }]}
          integrity={[{ ...GONE, tool }]}
          features={['age', 'gone']}
        />
        <p>After it</p>
      </>,
    );
    expect(await screen.findByText('After it')).toBeVisible();
    expect(screen.queryByText(/checked/)).not.toBeInTheDocument();
  });
});
