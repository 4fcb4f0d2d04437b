import { TrafficShare } from '@modelport/plugin-modelport-node';
import { parseYaml } from './parseYaml';
import { writeTraffic } from './writeTraffic';

const MODEL = `# Of the risk team.
name: credit   # unique
description: |-
  # Credit

  A text that is long enough to be folded, if somebody were to write the whole file anew, which nobody should do.
aliases:
  champion: "2" # since May
tags: {a: 1.10}
`;
const CANARY: TrafficShare[] = [
  { version: '2', percent: 90, mode: 'live' },
  { version: '3', percent: 10, mode: 'live' },
];
const LINE = '[{ version: "2", percent: 90 }, { version: "3", percent: 10 }]';
const valueOf = (text: string) => parseYaml(text).value;

describe('writeTraffic', () => {
  it('adds lines, changes theirs alone, and takes them away again', () => {
    const split = writeTraffic(MODEL, 'production', CANARY);
    expect(split).toBe(`${MODEL}traffic:\n  production: ${LINE}\n`);
    const shadow = writeTraffic(split, 'production', [
      { version: '2', percent: 100, mode: 'live' },
      { version: '3', percent: 5, mode: 'shadow' },
    ]);
    expect(shadow).toBe(
      split.replace(
        LINE,
        '[{ version: "2", percent: 100 }, { version: "3", percent: 5, mode: shadow }]',
      ),
    );
    expect(writeTraffic(split, 'production', CANARY)).toBe(split);
    expect(writeTraffic(shadow, 'production', [])).toBe(MODEL);
    expect(writeTraffic(MODEL, 'production', [])).toBe(MODEL);
  });

  it('leaves other environments and what stands beside them as they are', () => {
    const text = `name: a
traffic: # read by the router
  # Ask Rosa first.
  staging: [{version: 1, percent: 100}]   # for the test
aliases: {champion: 2}
`;
    const split = writeTraffic(text, 'production', CANARY);
    expect(split).toContain('# Ask Rosa first.');
    expect(split).toContain(
      'staging: [{version: 1, percent: 100}]   # for the test\naliases: {champion: 2}\n',
    );
    expect(valueOf(split)).toMatchObject({
      traffic: {
        staging: [{ version: '1', percent: '100' }],
        production: [
          { version: '2', percent: '90' },
          { version: '3', percent: '10' },
        ],
      },
    });
    expect(writeTraffic(split, 'production', [])).toBe(text);
  });

  it.each([
    ['a file without an end of its last line', 'name: a # kept'],
    ['traffic without a value', 'name: a # kept\ntraffic:\n'],
    ['traffic that is null', 'name: a # kept\ntraffic: null\n'],
    ['traffic in one line', 'name: a # kept\ntraffic: {production: []}\n'],
    [
      'a split in lines',
      'name: a # kept\ntraffic:\n  production:\n    - version: 1\n      percent: 100\nowner: b\n',
    ],
    ['JSON', '{"name": "a", "aliases": {"champion": "2"}}'],
    ['a document with an end', 'name: a # kept\n...\n'],
  ])('writes into %s, and takes it away', (_what, text) => {
    const split = writeTraffic(text, 'production', CANARY);
    expect(valueOf(split)).toMatchObject({
      name: 'a',
      traffic: {
        production: [
          { version: '2', percent: '90' },
          { version: '3', percent: '10' },
        ],
      },
    });
    expect(split.includes('# kept')).toBe(text.includes('# kept'));
    const gone = writeTraffic(split, 'production', []);
    expect(valueOf(gone)).not.toHaveProperty('traffic.production');
    expect(gone.includes('# kept')).toBe(text.includes('# kept'));
  });

  it('keeps what versions and environments are called, whatever signs they have', () => {
    const version = 'v"1: #\n{x}';
    expect(
      valueOf(
        writeTraffic(MODEL, 'prod: #1', [
          { version, percent: 99.5, mode: 'live' },
        ]),
      ),
    ).toMatchObject({
      traffic: { 'prod: #1': [{ version, percent: '99.5' }] },
    });
  });

  it('refuses what is no list of shares', () => {
    expect(() => writeTraffic('traffic: text', 'a', CANARY)).toThrow(
      'nothing was written',
    );
    expect(() => writeTraffic('a: [', 'a', CANARY)).toThrow('not readable');
  });
});
