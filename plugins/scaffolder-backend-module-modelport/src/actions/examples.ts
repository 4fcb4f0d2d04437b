import { stringify } from 'yaml';

/** An example of an action: one step of a template. */
export function example(
  description: string,
  action: string,
  input: object,
): { description: string; example: string } {
  return {
    description,
    example: stringify({
      steps: [{ id: action.split(':').slice(1).join('-'), action, input }],
    }),
  };
}
