import { checkExplanation } from './checkExplanation';
import { explanationBody } from './explanationBody';
import { summariseExplanation } from './summariseExplanation';

/**
 * The kind of evidence that holds explanations: its rows are personal data, its summary is not.
 *
 * @public
 */
export const explanationKind = {
  kind: 'explanation',
  description: 'Why a version scores as it does: contributions of its features',
  body: explanationBody,
  hasRows: true,
  seal: (value: unknown) => {
    const body = explanationBody.parse(value);
    checkExplanation(body);
    return {
      kept: summariseExplanation(body),
      rows: body.rows.map(({ subject, ...row }) => ({
        subject: subject ?? row.id,
        row,
      })),
    };
  },
};
