import { countingEvidence } from './countingEvidence';
import { GateRule } from './gateRules';
import { ScoredRows, scoredRows } from './scoredRows';
import { GateEvidence, GateFacts } from './types';

/** The newest evaluation rows of the candidate that count for a gate and can be judged, or why there are none. */
export function rowsOf(
  rule: Pick<GateRule, 'from' | 'maxAgeDays'>,
  { candidate, now }: Pick<GateFacts, 'candidate' | 'now'>,
):
  | { rows: ScoredRows; document: GateEvidence; why: null }
  | { rows: null; why: string } {
  const { documents, why } = countingEvidence(
    rule,
    candidate,
    'evaluation-rows',
    now,
  );
  let whyNot = why ?? '';
  for (const document of documents) {
    const read = scoredRows(document);
    if (read.rows && read.rows.ids.length > 0) {
      return { rows: read.rows, document, why: null };
    }
    whyNot = read.why ?? 'every row was erased';
  }
  return { rows: null, why: whyNot };
}
