import { plainMarkdown } from './plainMarkdown';

describe('plainMarkdown', () => {
  it.each([
    ['', ''],
    ['One line', 'One line'],
    ['Over\nlines.\r\n\r\nSecond.', 'Over lines.\nSecond.'],
    ['# Title\nText below.', 'Title\nText below.'],
    ['## Title', 'Title'],
    ['-5 degrees', '-5 degrees'],
    ['---\ntags: [a]\n---\n\n# T\n\nAfter.', 'T\nAfter.'],
    ['* **Data**: 1,000 rows.\n* Known', 'Data: 1,000 rows.\nKnown'],
    ['1. first\n2) second', 'first\nsecond'],
    ['> said *so*', 'said so'],
    ['![badge](https://x) [it](https://x/A_(b)) `code`', 'it code'],
    ['```python\nimport x\n```\nAfter.', 'import x\nAfter.'],
    ['<h1>Title</h1><p>In <b>HTML</b>.</p>', 'Title\nIn HTML.'],
    ['<script>alert(1)</script>Harmless', 'Harmless'],
    ['| a | b |\n|---|:-:|\n| 1 | 2 |', 'a b\n1 2'],
    ['Above\n\n***\n\nbelow', 'Above\nbelow'],
    ['snake_case_name, 2*3*4, a < b', 'snake_case_name, 2*3*4, a < b'],
  ])('of %j is %j', (text, plain) => {
    expect(plainMarkdown(text)).toBe(plain);
  });

  // Anything worse than linear would not end here within the time that a test has.
  it.each([
    '![](a(b)',
    '[a](b(c)d',
    '<script',
    '```',
    '`*',
    '_ ',
    '# ',
    '> ',
    '| ',
    '-\n',
    '1. ',
    '\n ',
    '---\n',
    ' ',
  ])('reads 200 kB of %j', part => {
    const text = part.repeat(Math.ceil(200_000 / part.length));
    expect(plainMarkdown(`Start. ${text}`)).toMatch(/^Start\./);
    expect(plainMarkdown(text)).toBeDefined();
  });
});
