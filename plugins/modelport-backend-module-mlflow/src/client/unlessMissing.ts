import { isMissing } from './errors';

/** The answer; undefined where MLflow says that there is no such thing. */
export async function unlessMissing<T>(
  answer: Promise<T>,
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}
