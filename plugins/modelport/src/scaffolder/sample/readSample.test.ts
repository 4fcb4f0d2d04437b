/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { profileTask } from './profileTask';
import { readSample } from './readSample';

const fixture = (name: string) =>
  readFileSync(join(__dirname, '__fixtures__', name));

/** A file of bytes that were changed at one place. */
function changed(name: string, at: number, value: number): Blob {
  const bytes = Buffer.from(fixture(name));
  bytes[at < 0 ? bytes.length + at : at] = value;
  return new Blob([bytes]);
}

describe('readSample', () => {
  it.each([
    ['commas', 'a,b\n1,x\n2,y\n'],
    ['semicolons', 'a;b\n1;x\n2;y'],
    [
      'tabs, a mark at the beginning, lines of Windows',
      '\uFEFFa\tb\r\n1\tx\r\n2\ty\r\n',
    ],
    ['quotes', '"a","b"\n"1","x"\n2,"y"\n'],
  ])('reads a CSV with %s', async (_what, text) => {
    expect(await readSample(new Blob([text]))).toEqual({
      columns: [
        { name: 'a', values: ['1', '2'] },
        { name: 'b', values: ['x', 'y'] },
      ],
      rows: 2,
      isWhole: true,
      nested: [],
      notes: [],
    });
  });

  it('looks at the first rows of a long CSV', async () => {
    const line = `${'x'.repeat(95)},"${'y'.repeat(5)}"\n`;
    const table = await readSample(new Blob(['a,b\n', line.repeat(100_000)]));
    expect(table).toMatchObject({ rows: 10_000, isWhole: false });
  });

  it('says of lines that are too short, and of formulas, that they are there', async () => {
    const { notes, columns } = await readSample(
      new Blob(['a,b\n=HYPERLINK("http://evil"),1\n2\n-3.5,+49 170\n4,5\n']),
    );
    expect(notes).toEqual([
      '1 lines have another number of cells than the heading; what they lack counts as missing.',
      '1 cells begin like a formula of a spreadsheet; they are taken as text.',
    ]);
    expect(columns[1].values).toEqual(['1', undefined, '+49 170', '5']);
  });

  it.each<[string, Array<string | Buffer>, RegExp]>([
    ['nothing', [], /empty/],
    ['a heading alone', ['a,b\n'], /holds no rows/],
    ['numbers in the first line', ['1,2\n3,4\n'], /no heading/],
    ['a name twice', ['a,b,a\n1,2,3\n'], /"a" is there twice/],
    ['a spreadsheet', ['PK\x03\x04rest'], /zip archive or a spreadsheet/],
    ['gzip', [Buffer.from([0x1f, 0x8b, 8, 0])], /packed with gzip/],
    [
      'another encoding',
      [Buffer.from('name,x\nM\xfcller,1\n', 'latin1')],
      /UTF-8/,
    ],
    ['UTF-16', [Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le')], /UTF-8/],
    ['bytes of no text', ['a,b\n\0\0,1\n'], /no text has/],
    ['a quote without end', ['a,b\n"1,2\n3,4\n'], /A quote is never closed/],
    [
      'prose',
      ['Dear, all\nthis is\na, b, c\nletter\n'],
      /another number of cells/,
    ],
    [
      '10,000 columns',
      [`${Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(',')}\n1\n`],
      /has 10000 columns; at most 500/,
    ],
    [
      'one line without end',
      ['a,b\n"', 'x'.repeat(9_000_000)],
      /hold no whole line/,
    ],
  ])('refuses %s', async (_what, parts, expected) => {
    await expect(readSample(new Blob(parts))).rejects.toThrow(expected);
  });

  it('reads Parquet, whatever it is called', async () => {
    const table = await readSample(new Blob([fixture('people.parquet')]));
    expect(table).toMatchObject({ rows: 60, isWhole: true, nested: [] });
    expect(table.columns.map(({ name }) => name)).toEqual([
      ...['customer_id', 'email', 'opened_at', 'income', 'accounts'],
      ...['gender', 'defaulted'],
    ]);
    expect(table.columns[3].values.slice(0, 2)).toEqual([null, 1000.5]);
  });

  it('leaves columns of lists and structures aside', async () => {
    const table = await readSample(new Blob([fixture('nested.parquet')]));
    expect(table.nested).toEqual(['history', 'address']);
    expect(table.columns.map(({ name }) => name)).toEqual([
      'customer_id',
      'defaulted',
    ]);
  });

  it('says how Parquet has to be packed', async () => {
    await expect(
      readSample(new Blob([fixture('zstd.parquet')])),
    ).rejects.toThrow(
      /packed with ZSTD, which is not read here; write it with SNAPPY/,
    );
  });

  it('ends with every damaged footer in a table or a clear message', async () => {
    const size = fixture('people.parquet').length;
    const answers = new Map<string, number>();
    for (let at = 4; at < size; at += 7) {
      for (const value of [0x00, 0x7f, 0xff]) {
        const answer = await profileTask(changed('people.parquet', at, value));
        const said = 'problem' in answer ? answer.problem : 'read';
        expect(said).not.toMatch(/object Object|not a function/);
        answers.set(said, (answers.get(said) ?? 0) + 1);
      }
    }
    expect(answers.get('read')).toBeGreaterThan(0);
    expect(answers.size).toBeGreaterThan(3);
  });

  it('takes no cut Parquet', async () => {
    const bytes = fixture('people.parquet');
    await expect(
      readSample(new Blob([bytes.subarray(0, 200)])),
    ).rejects.toThrow(/damaged or cut short/);
  });
});
