import { splitEvents } from './splitEvents';

const texts = (text: string) => splitEvents(text)?.map(event => event.text);

describe('splitEvents', () => {
  it('finds events as they are written', () => {
    const first = '{ "a" : "]},\\"" , "b":[{"c":1}] }';
    expect(texts(`\n[ ${first} ,{},7 , "x",null]\n`)).toEqual([
      first,
      '{}',
      '7',
      '"x"',
      'null',
    ]);
    expect(texts(` ${first} `)).toEqual([first]);
    expect(texts('[]')).toEqual([]);
  });

  it('keeps time and type apart from what is said again and again', () => {
    const event = (time: string, type: string) =>
      `{"eventType":${type},"run":{"eventTime":1},"eventTime" : ${time}}`;
    const [a, b] =
      splitEvents(`[${event('"t1"', '"START"')},${event('2', 'null')}]`) ?? [];
    expect(a).toMatchObject({ eventTime: '"t1"', eventType: '"START"' });
    expect(b).toMatchObject({ eventTime: '2', eventType: 'null' });
    expect(a.rest).toBe('{"eventType":,"run":{"eventTime":1},"eventTime" : }');
    expect(b.rest).toBe(a.rest);
  });

  it.each([
    ['another run', '{"eventTime":1,"run":1}'],
    ['a name twice', '{"eventTime":1,"eventTime":1,"run":2}'],
    ['an escape in a name', '{"eventTime":1,"event\\u0054ime":1,"run":2}'],
  ])('tells %s apart', (_what, other) => {
    const [a, b] = splitEvents(`[{"eventTime":1,"run":2},${other}]`) ?? [];
    expect(a.rest).not.toBe(b.rest);
  });

  it('takes the last of a name, as parsing does', () => {
    const [event] = splitEvents('{"eventTime":1,"eventTime":2}') ?? [];
    expect(event.eventTime).toBe('2');
  });

  it.each([
    '',
    ' ',
    '[',
    '[{}',
    '[{},',
    '[{},]',
    '[{}]]',
    '[{} {}]',
    '[,]',
    '{"a"}',
    '{"a":}',
    '{"a" 1}',
    '{"a":1',
    '{"a":1}}',
    '{a:1}',
    '["x',
  ])('does not hide that %j is no JSON', text => {
    expect(() =>
      (texts(text) ?? [text]).forEach(one => JSON.parse(one)),
    ).toThrow(SyntaxError);
  });

  it('refuses what is nested too deeply', () => {
    expect(() =>
      splitEvents(`[{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}]`),
    ).toThrow('nested more than 100 levels deep');
  });
});
