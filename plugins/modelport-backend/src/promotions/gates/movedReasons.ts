import {
  explanationSummary,
  GateOutcome,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import {
  compareExplanations,
  ExplainedVersion,
} from '../../explanations/compareExplanations';
import { openRow } from '../../explanations/explainedRow';
import { figureText } from './limits';
import { RuleOf } from './RuleOf';
import { GateEvidence } from './types';

const withRows = z.object({ rows: z.array(z.unknown()) });

/**
 * Whether the top reasons of rows and the directions of features stayed as they were, as far as the rule asks; of several
 * outputs the one that moved most counts.
 */
export function movedReasons(
  rule: RuleOf<'explanation-stable'>,
  documents: { candidate: GateEvidence; production: GateEvidence },
): { outcome: GateOutcome; message: string } {
  const { maxChurn, allowFlips } = rule;
  const candidate = explanationSummary.safeParse(documents.candidate.body);
  const wrong = candidate.data?.outputs.find(
    ({ additivity }) => additivity.ok === false,
  );
  if (wrong) {
    return {
      outcome: 'fail',
      message: ` The candidate’s explanation does not add up to its output; worst error ${figureText(
        wrong.additivity.maxError ?? 0,
      )}.`,
    };
  }
  if (maxChurn === undefined && allowFlips) {
    return { outcome: 'pass', message: '' };
  }
  const { classes } = explanationSummary.parse(documents.candidate.body);
  const compared = (classes.length > 0 ? classes : [undefined]).map(
    (className, output) =>
      compareExplanations(
        [
          versionOf(documents.production, output),
          versionOf(documents.candidate, output),
        ],
        { className, smallestGroup: 1 },
      ),
  );
  const flipped = [
    ...new Set(
      compared.flatMap(({ features }) =>
        features.filter(one => one.flipped).map(({ name }) => name),
      ),
    ),
  ];
  if (!allowFlips && flipped.length > 0) {
    return {
      outcome: 'fail',
      message: ` The direction turned around of ${flipped.join(', ')}.`,
    };
  }
  if (maxChurn === undefined) {
    return { outcome: 'pass', message: ' No direction turned around.' };
  }
  const shares = compared.flatMap(({ churn }) => churn[0]?.share ?? []);
  if (shares.length < compared.length) {
    return {
      outcome: 'unknown',
      message: ' How often the top reason is another one is not known.',
    };
  }
  const share = Math.max(...shares);
  const most =
    maxChurn === 'noise'
      ? explanationSummary.parse(documents.candidate.body).retrainingNoise
          ?.churn ?? null
      : maxChurn;
  if (most === null) {
    return {
      outcome: 'unknown',
      message: ` The top reason is another one for ${figureText(
        share,
      )} of the rows; how many training again gives is not known.`,
    };
  }
  return {
    outcome: share <= most ? 'pass' : 'fail',
    message: ` The top reason is another one for ${figureText(
      share,
    )} of the rows, of at most ${figureText(most)}${
      maxChurn === 'noise' ? ', as training again gives' : ''
    }.`,
  };
}

function versionOf(
  { digest, body }: GateEvidence,
  output: number,
): ExplainedVersion {
  return {
    version: digest,
    document: {
      evidence: { digest },
      summary: explanationSummary.parse(body),
    },
    rows: withRows.parse(body).rows.flatMap(row => openRow(row, output) ?? []),
  };
}
