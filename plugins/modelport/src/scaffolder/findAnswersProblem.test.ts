import { testResponseError } from '../__testUtils__/renderPage';
import { findAnswersProblem } from './findAnswersProblem';

describe('findAnswersProblem', () => {
  const answers = { name: 'credit-risk', preview: '' };

  it('asks for a repository of the answers', async () => {
    const preview = jest.fn(async () => ({ files: [], content: null }));
    expect(await findAnswersProblem(answers, { preview })).toBeUndefined();
    expect(preview).toHaveBeenCalledWith({ name: 'credit-risk' });
  });

  it.each([
    [400, 'label: is a feature'],
    // the task says it before anything is made
    [503, undefined],
  ])('says of an answer of %s: %s', async (status, problem) => {
    const error = await testResponseError(status, 'label: is a feature');
    const preview = () => Promise.reject(error);
    expect(await findAnswersProblem(answers, { preview })).toBe(problem);
  });
});
