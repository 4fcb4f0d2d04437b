import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { Age } from './Age';
import { formatTime } from './formatTime';

const TIME = '2026-03-01T10:20:30Z';

describe('Age', () => {
  it('says the full time on hover, for machines and on paper', async () => {
    renderInTestApp(<Age time={TIME} />);
    const time = await screen.findByTitle(formatTime(TIME));
    expect(time).toHaveAttribute('datetime', TIME);
    const styles = [...document.styleSheets]
      .flatMap(sheet => [...sheet.cssRules])
      .map(({ cssText }) => cssText)
      .filter(text => /print/.test(text) && /attr\(title\)/.test(text));
    expect(styles).not.toHaveLength(0);
  });
});
