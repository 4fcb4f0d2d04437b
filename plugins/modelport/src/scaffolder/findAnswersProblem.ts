import { messageOf, statusOf } from '../components/FailedState';
import { answersOf, FormApi } from './formApi';

/** Why no repository can be made of the answers of a form; undefined where one can. */
export async function findAnswersProblem(
  formData: Record<string, unknown>,
  api: Pick<FormApi, 'preview'>,
): Promise<string | undefined> {
  try {
    await api.preview(answersOf(formData));
    return undefined;
  } catch (error) {
    // where they can't be looked at, the task says what is wrong before anything is made
    return error instanceof Error && statusOf(error) === 400
      ? messageOf(error)
      : undefined;
  }
}
