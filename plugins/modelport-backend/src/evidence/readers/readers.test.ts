import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readEvidence } from '@modelport/plugin-modelport-node/testUtils';
import { paddedParquet } from '../../__testUtils__/paddedParquet';
import { partsOf } from '../openParts';
import { calibrationReader } from './calibrationReader';
import { cardReader } from './cardReader';
import { evaluationRowsReader } from './evaluationRowsReader';
import { junitReader } from './junitReader';
import { parseXml } from './parseXml';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(resolve(__dirname, '__fixtures__', name)));
const text = (content: string) => new TextEncoder().encode(content);

describe('the reader of calibration', () => {
  const body = {
    evaluationSet: { id: 'test-2026' },
    n: 3,
    bins: [{ lower: 0, upper: 1, n: 3, predicted: 0.4, observed: 0.5 }],
  };

  it.each([
    'calibration/test.json',
    'run/calibration.json',
    'calibration_v2.json',
  ])('reads %s', async path => {
    const read = await readEvidence(calibrationReader, {
      path,
      bytes: text(JSON.stringify(body)),
    });
    expect(read.body).toEqual(body);
  });

  it('leaves other files alone, and says what is wrong with its own', async () => {
    const matches = (path: string) =>
      calibrationReader.matches({
        kind: null,
        path,
        mediaType: 'application/json',
        size: 1,
        head: new Uint8Array(),
      });
    expect(matches('recalibration.json')).toBe(false);
    expect(matches('calibration/plot.png')).toBe(false);
    await expect(
      readEvidence(calibrationReader, {
        path: 'calibration.json',
        bytes: text('[{"lo": 0, "hi": 0.1}]'),
      }),
    ).rejects.toThrow('does not follow the schema of calibration evidence');
  });
});

describe('the reader of JUnit XML', () => {
  it('reads what pytest writes', async () => {
    const { body, producedAt } = await readEvidence(junitReader, {
      path: 'tests/junit.xml',
      bytes: fixture('junit-pytest.xml'),
    });
    expect(producedAt).toBe('2026-11-21T21:03:45.857Z');
    expect(body).toMatchObject({
      suites: [
        {
          name: 'pytest',
          tests: [
            {
              name: 'test_golden test_scores_a_known_row',
              outcome: 'passed',
              message: null,
              seconds: 0,
            },
            {
              name: 'test_golden test_refuses_negative_income',
              outcome: 'failed',
              message: expect.stringContaining(
                'a negative income was scored <0.4>',
              ),
            },
            { outcome: 'skipped', message: expect.stringContaining('a GPU') },
            {
              outcome: 'failed',
              message: expect.stringContaining('failed on setup'),
            },
          ],
        },
      ],
    });
  });

  it('reads a part that is called tests, whatever its name', async () => {
    const { body } = await readEvidence(junitReader, {
      kind: 'tests',
      path: null,
      bytes: text(
        '<?xml version="1.0"?><!-- x --><testsuites><testsuite name="a"><testsuite name="b"><testcase name="&#65;&amp;&lt;" time="1,234.5"><![CDATA[<x>]]></testcase></testsuite></testsuite></testsuites>',
      ),
    });
    expect(body).toEqual({
      suites: [
        { name: 'a', tests: [] },
        {
          name: 'b',
          tests: [
            { name: 'A&<', outcome: 'passed', message: null, seconds: 1234.5 },
          ],
        },
      ],
    });
  });

  it.each([
    [
      'an entity',
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><testsuite>&b;</testsuite>',
      'a document type',
    ],
    ['what does not end', '<testsuite><testcase>', '<testcase> does not end'],
    ['what ends twice', '<testsuite></testsuite></testsuite>', 'ends nothing'],
    ['another file', '<coverage/>', 'expected <testsuites>'],
    ['depth', '<a>'.repeat(10_000), '50 levels'],
    ['nothing', '  ', 'not exactly one element'],
  ])('refuses %s', async (_what, content, message) => {
    await expect(
      readEvidence(junitReader, { path: 'junit.xml', bytes: text(content) }),
    ).rejects.toThrow(message);
  });

  it('takes time in proportion to what it reads', () => {
    const long = `<testsuite a="${'&'.repeat(1_000_000)}">${' <'.repeat(10)}`;
    expect(() => parseXml(long)).toThrow('character');
    expect(() => parseXml('<'.repeat(1_000_000))).toThrow('without a name');
  });
});

describe('the reader of rows of an evaluation', () => {
  it('reads the columns that there are, and says which set', async () => {
    const { body } = await readEvidence(evaluationRowsReader, {
      path: 'evaluation/evaluation-rows.parquet',
      bytes: fixture('evaluation-rows.parquet'),
    });
    const expected: Array<Record<string, unknown>> = JSON.parse(
      readFileSync(resolve(__dirname, '__fixtures__/evaluation-rows.json'), {
        encoding: 'utf8',
      }),
    );
    expect(body).toEqual({
      evaluationSet: { id: 'june-2026' },
      rows: expected.map(row => ({
        id: String(row.row_id),
        subject: row.subject,
        label: row.y_true,
        score: row.score,
        weight: null,
        group: { sex: row.group_sex, age: row.group_age },
      })),
    });
  });

  it('reads of a large file its footer and the columns that count', async () => {
    const small = fixture('evaluation-rows.parquet');
    const large = paddedParquet(Buffer.from(small), 40 * 1024 * 1024);
    const path = 'evaluation-rows.june.parquet';
    const parts = partsOf(large);
    let read = 0;
    const found = await evaluationRowsReader.readParts?.(
      {
        byteLength: parts.byteLength,
        slice: async (start, end) => {
          const part = await parts.slice(start, end);
          read += part.byteLength;
          return part;
        },
      },
      { path, mediaType: '' },
    );
    expect(found).toEqual(
      await readEvidence(evaluationRowsReader, { path, bytes: small }),
    );
    expect(read).toBeLessThan(1024 * 1024);
  });

  it('says of a damaged file that it is one, and where', async () => {
    const whole = fixture('evaluation-rows.parquet');
    const inColumn = new Uint8Array(whole).fill(0xff, 4, 60);
    const inFooter = new Uint8Array(whole).fill(0xff, -200, -8);
    const cut = whole.slice(0, 100);
    for (const [bytes, where] of [
      [inColumn, /damaged or cut short: .* in the column "\w+"/],
      [inFooter, /damaged or cut short: .* in its footer/],
      [cut, /damaged or cut short: .* in its footer/],
    ] as const) {
      await expect(
        readEvidence(evaluationRowsReader, {
          path: 'evaluation-rows.june.parquet',
          bytes,
        }),
      ).rejects.toThrow(where);
    }
  });

  it('refuses a footer that lies, and what is no Parquet', async () => {
    const bytes = fixture('evaluation-rows.parquet');
    const path = 'evaluation-rows.x.parquet';
    for (const harmed of [
      bytes.slice(0, bytes.length - 10),
      text('PAR1PAR1'),
      text('x'.repeat(100)),
    ]) {
      await expect(
        readEvidence(evaluationRowsReader, { path, bytes: harmed }),
      ).rejects.toThrow();
    }
  });
});

describe('the reader of cards', () => {
  it('says what it had to leave out', async () => {
    const { problems } = await readEvidence(cardReader, {
      path: 'model_card.json',
      bytes: text('{"purpose": "Loans", "colour": "red"}'),
    });
    expect(problems).toEqual([expect.stringContaining('"colour" is no field')]);
  });
});
