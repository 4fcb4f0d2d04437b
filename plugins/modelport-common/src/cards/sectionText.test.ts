import { cleanText } from './cleanText';
import { readMarkdownCard } from './readMarkdownCard';
import { sectionText } from './sectionText';
import { writeHuggingFaceCard } from './writeHuggingFaceCard';

/** Texts that keep what follows them to themselves unless they are escaped, and others that are like them. */
const TEXTS = [
  'Before\n\n```',
  '~~~html\n<p>',
  '~~~\ncode\n\t~~~',
  '```\ncode\n``',
  '```\ncode\n```python',
  '````\n```\n',
  '- item\n  ```\ncode\n```',
  'Code:\n\n```\ncode\n   ```\n```',
  '- item\n\n   ```\n   code\n    ```\n\n```',
  '``` `a`\n# no code',
  '# Owners\n\nnobody',
];

describe('texts under the headings of a Markdown export', () => {
  it.each(TEXTS)('keep nothing of what follows to themselves: %j', text => {
    const limitations = 'Never alone';
    const written = writeHuggingFaceCard(
      { description: text, intendedUse: 'Scoring', limitations },
      { name: 'm' },
    );
    expect(readMarkdownCard(written.text).body).toMatchObject({
      intendedUse: 'Scoring',
      limitations,
    });
    expect(written.notHeld).toEqual([expect.stringMatching(/^description/)]);
  });

  it.each([
    '```python\n# load\nload()\n```',
    '1. Run\n\n   ~~~~ sh\n   # first\n\n   ~~~\n   ~~~~\n\n2. Stop',
    '```\n~~~\n```\n\n~~~\n```\n~~~',
  ])('keep code as it is: %j', howToUse => {
    const { text, notHeld } = writeHuggingFaceCard(
      { howToUse, limitations: 'One' },
      { name: 'm' },
    );
    expect(notHeld).toEqual([]);
    expect(text).toContain(cleanText(howToUse));
  });

  it.each(['```a\n', '~~~\n  x\n', '   ```\n', '```\n~~~\n````a\n'])(
    'are written in a time that grows with their length: %j',
    part => {
      const text = part.repeat(100_000 / part.length);
      const begin = performance.now();
      expect(sectionText(text)).not.toBe('');
      expect(performance.now() - begin).toBeLessThan(2_000);
    },
  );
});
