import { z } from 'zod';
import { cardBody } from '../cards';
import { reasonCodesBody } from '../explanations';
import { explanationKind } from '../explanations/explanationKind';
import { monitoringKinds } from '../monitoring/monitoringKinds';
import { boundMetrics } from './boundMetrics';
import {
  calibrationBody,
  commitsBody,
  evaluationRowsBody,
  fairnessBody,
  latencyBody,
  metricsBody,
  testsBody,
  validationBody,
} from './evidenceBodies';

/**
 * A kind of evidence that may be pushed as JSON.
 *
 * @public
 */
export interface EvidenceKind {
  kind: string;
  schemaVersion: number;
  /** What documents of this kind say. */
  description: string;
  /** What the body of a document is checked against. */
  body: z.ZodType;
  /** Whether it holds rows of single people: reading them is a permission of its own. */
  hasRows: boolean;
  /** Takes of a body that follows its schema what is kept, and says what is not. */
  bound?: (body: unknown) => { body: unknown; leftOut: string | null };
  /**
   * Takes the rows of single people apart from what is kept in the clear, where that is more than their number.
   *
   * @throws `Error` that says what is wrong with a body that follows its schema.
   */
  seal?: (body: unknown) => SealedParts;
}

/**
 * A body whose rows are kept encrypted, each with the key of its subject.
 *
 * @public
 */
export interface SealedParts {
  /** Kept in the clear. */
  kept: unknown;
  rows: Array<{ subject: string; row: unknown }>;
}

/**
 * The kinds of evidence that the portal reads from pushed JSON.
 *
 * @public
 */
export const EVIDENCE_KINDS: readonly EvidenceKind[] = [
  {
    kind: 'metrics',
    description: 'How good a version is, on which data and slice',
    body: metricsBody,
    bound: boundMetrics,
  },
  {
    kind: 'card',
    description: 'What a version is for, its limits and who says so',
    body: cardBody,
  },
  {
    kind: 'evaluation-rows',
    description: 'Label and score of every row of an evaluation set',
    body: evaluationRowsBody,
    hasRows: true,
  },
  {
    kind: 'fairness',
    description: 'A metric compared between groups',
    body: fairnessBody,
  },
  {
    kind: 'calibration',
    description: 'Predicted against observed frequencies',
    body: calibrationBody,
  },
  {
    kind: 'tests',
    description: 'Golden and behavioural tests',
    body: testsBody,
  },
  {
    kind: 'latency',
    description: 'How fast a version answers',
    body: latencyBody,
  },
  {
    kind: 'validation',
    description: 'An independent validation with its conclusion',
    body: validationBody,
  },
  {
    kind: 'commits',
    description: 'Who committed what since the version in production',
    body: commitsBody,
  },
  explanationKind,
  {
    kind: 'reason-codes',
    description: 'Which code and wording stands for which reason of a decision',
    body: reasonCodesBody,
  },
  ...monitoringKinds,
].map(kind => ({ schemaVersion: 1, hasRows: false, ...kind }));

/**
 * The kind of a name; undefined where the portal has no schema for it.
 *
 * @public
 */
export function findEvidenceKind(kind: string): EvidenceKind | undefined {
  return EVIDENCE_KINDS.find(known => known.kind === kind);
}

/**
 * The JSON Schema (draft 2020-12) of a kind's body.
 *
 * @public
 */
export function evidenceSchemaOf(kind: EvidenceKind): Record<string, unknown> {
  return {
    $id: `urn:modelport:evidence:${kind.kind}:${kind.schemaVersion}`,
    title: kind.kind,
    description: kind.description,
    ...z.toJSONSchema(kind.body, { io: 'input' }),
  };
}
