import { parseYaml } from './parseYaml';
import { writeAlias } from './writeAlias';

const MODEL = `# Of the risk team.
name: credit   # unique
description: |-
  # Credit

  A text that is long enough to be folded, if somebody were to write the whole file anew, which nobody should do.
aliases:
  # The one that is compared.
  challenger: "3"
  champion: "2" # since May
tags: {a: 1.10}
`;

describe('writeAlias', () => {
  it('changes the version of an alias and nothing else', () => {
    expect(writeAlias(MODEL, 'champion', '3')).toBe(
      MODEL.replace('champion: "2"', 'champion: "3"'),
    );
    expect(writeAlias(MODEL, 'champion', '2')).toBe(MODEL);
  });

  it.each([
    ['a plain value', 'name: a\naliases: {champion: 2}\n'],
    ['no value', 'name: a\naliases:\n  champion:\n'],
    ['no alias', 'name: a # kept\naliases:\n  other: "1"\n'],
    ['no aliases', 'name: a # kept\n'],
    ['empty aliases', 'name: a # kept\naliases:\n'],
    ['null aliases', 'name: a\naliases: null\n'],
    ['JSON', '{"name": "a", "aliases": {"champion": "2"}}'],
  ])('writes into %s', (_what, text) => {
    const written = writeAlias(text, 'champion', '1.10');
    expect(parseYaml(written).value).toMatchObject({
      name: 'a',
      aliases: { champion: '1.10' },
    });
    expect(written.includes('# kept')).toBe(text.includes('# kept'));
  });

  it('keeps what a version is called, whatever signs it has', () => {
    const version = 'v"1: #\n{x}';
    expect(
      parseYaml(writeAlias(MODEL, 'champion', version)).value,
    ).toMatchObject({ aliases: { champion: version, challenger: '3' } });
  });

  it('takes an alias away', () => {
    const written = writeAlias(MODEL, 'champion', null);
    expect(parseYaml(written).value).toMatchObject({
      aliases: { challenger: '3' },
      tags: { a: '1.10' },
    });
    expect(written).not.toContain('champion');
    expect(written).toContain('# Of the risk team.');
    expect(writeAlias(MODEL, 'none', null)).toBe(MODEL);
  });

  it('refuses what is no list of aliases', () => {
    expect(() => writeAlias('aliases: text', 'a', '1')).toThrow(
      'nothing was written',
    );
    expect(() => writeAlias('a: [', 'a', '1')).toThrow('not readable');
  });
});
