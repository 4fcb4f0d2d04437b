import { firstParagraph } from './firstParagraph';

describe('firstParagraph', () => {
  it.each([
    [null, undefined],
    ['', undefined],
    [' \n\n ', undefined],
    ['# Only a heading', undefined],
    ['One line', 'One line'],
    ['Over\nlines.\r\n\r\nSecond.', 'Over lines.'],
    ['# Title\nText below.', 'Text below.'],
    [
      '---\ntags: [a]\n---\n\n# T\n\nAfter front matter.',
      'After front matter.',
    ],
    ['![badge](https://x)\n\nAfter a picture.', 'After a picture.'],
    ['Has [a link](https://x) and `code`.', 'Has a link and code.'],
    ['```python\nimport x\n```\nAfter code.', 'After code.'],
    ['<h1>Title</h1><p>In <b>HTML</b>.</p><p>B</p>', 'Title'],
    ['[![badge](https://x)](https://y) After a badge.', 'After a badge.'],
    ['See [it](https://x/A_(b)?c) and [1] (more).', 'See it and [1] (more).'],
    ['<script>alert(1)</script>Harmless', 'Harmless'],
    ['a < b and c > d', 'a < b and c > d'],
    ['- first\n- second', 'first second'],
    ['snake_case stays', 'snake_case stays'],
    ['snake_case_name, 2*3*4', 'snake_case_name, 2*3*4'],
    ['**Bold** and _slanted_.', 'Bold and slanted.'],
  ])('of %j is %j', (text, paragraph) => {
    expect(firstParagraph(text)).toBe(paragraph);
  });

  it('is at most 500 characters, never half of one', () => {
    const paragraph = firstParagraph('🚀'.repeat(600));
    expect(firstParagraph(`a ${'🚀'.repeat(600)}`)?.endsWith('🚀…')).toBe(true);
    expect(paragraph).toBeUndefined();
    expect([...(firstParagraph('é'.repeat(600)) ?? '')]).toHaveLength(500);
  });

  // Anything worse than linear would not end here within the time that a test has.
  it.each([
    '![',
    '![](',
    '![](a(',
    '![](a(b)',
    '[',
    '[](',
    '[a](b(c)d',
    '<',
    '<p',
    '<script',
    '<!--',
    '```',
    '`*',
    '*a',
    '_ ',
    '# ',
    '> ',
    '\n',
    '\n ',
    '---\n',
    ' ',
  ])('reads 1 MB of %j', part => {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));
    const read = (all: string) => firstParagraph(all, { maxRead: Infinity });
    expect(read(`Start. ${text}`)).toMatch(/^Start\./);
    expect(read(`${text}\n\n\n`)).not.toBe('');
  });
});
