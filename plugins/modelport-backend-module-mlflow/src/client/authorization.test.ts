import { secretsOf } from './authorization';

describe('secretsOf', () => {
  it('knows a password and the header made of it in all that they may be escaped as', () => {
    const password = 'hunter2 p@ss/"word"+x&y';
    const secrets = secretsOf({ type: 'basic', username: 'bob', password });
    const header = Buffer.from(`bob:${password}`).toString('base64');
    expect(secrets).toEqual(
      expect.arrayContaining([
        password,
        'hunter2%20p%40ss%2F%22word%22%2Bx%26y',
        'hunter2+p%40ss%2F%22word%22%2Bx%26y',
        'hunter2 p@ss/\\"word\\"+x&y',
        'hunter2 p@ss/&quot;word&quot;+x&amp;y',
        header,
        encodeURIComponent(header),
      ]),
    );
    // One that stands in another must not be taken out of it first.
    const lengths = secrets.map(secret => secret.length);
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
  });

  it('has none where none is configured', () => {
    expect(secretsOf({ type: 'none' })).toEqual([]);
  });
});
