import { connectionProblem } from './connectionProblem';

function failed(cause: unknown): Error {
  return new TypeError('fetch failed', { cause });
}

function withCode(code: string, message = ''): Error {
  return Object.assign(new Error(message), { code });
}

describe('connectionProblem', () => {
  it.each([
    ['ECONNREFUSED', 'Nothing answers at https://ml.test:8443'],
    ['ENOTFOUND', 'The name ml.test is not known to this network'],
    ['ECONNRESET', 'The connection to https://ml.test:8443 broke off'],
    ['UND_ERR_CONNECT_TIMEOUT', 'https://ml.test:8443 cannot be reached'],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'The certificate of https://ml.test:8443 is not trusted',
    ],
  ])('says what %s means, and no secret of the address', (code, words) => {
    const options = {
      url: 'https://me:secret@ml.test:8443/mlflow',
      request: 'GET /a',
    };
    expect(connectionProblem(failed(withCode(code)), options)).toBe(
      `${words} (${code}); GET /a had no answer`,
    );
  });

  it.each([
    [failed(withCode('EOTHER', 'odd thing')), 'odd thing'],
    [failed(undefined), 'fetch failed'],
    ['a text', 'no connection'],
  ])('tells %s as it is', (error, told) => {
    const options = { url: 'http://ml.test', request: 'GET /a' };
    expect(connectionProblem(error, options)).toBe(`GET /a failed: ${told}`);
  });
});
