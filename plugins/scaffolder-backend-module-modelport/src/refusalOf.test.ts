import { refusalOf } from './refusalOf';

const answer = (status: number, body: unknown) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
  });

describe('refusalOf', () => {
  it.each([
    [
      'Backstage',
      409,
      {
        error: { name: 'ConflictError', message: 'One is under way' },
        response: { statusCode: 409 },
      },
      'ConflictError',
      ': One is under way',
    ],
    [
      'MLflow',
      400,
      { error_code: 'INVALID_PARAMETER_VALUE', message: 'No such name' },
      'InputError',
      ': No such name',
    ],
    [
      'GitHub',
      422,
      { message: 'Validation Failed', errors: [{ message: 'It exists' }] },
      'InputError',
      ': Validation Failed. It exists',
    ],
    [
      'GitLab',
      409,
      { message: ['Another open merge request'] },
      'ConflictError',
      ': Another open merge request',
    ],
    ['plain text', 403, 'Not\nyou', 'NotAllowedError', ': Not you'],
    ['a page', 502, '<html>Bad gateway</html>', 'ServiceUnavailableError', ''],
    ['nothing', 401, '', 'AuthenticationError', ''],
  ])('says why, in the words of %s', async (_, status, body, name, why) => {
    const error = await refusalOf('The request', answer(status, body));
    expect(error.name).toBe(name);
    expect(error.message).toBe(`The request was refused with ${status}${why}`);
  });

  it('keeps long answers short', async () => {
    const error = await refusalOf('It', answer(400, 'x'.repeat(10_000)));
    expect(error.message.length).toBeLessThan(600);
  });
});
