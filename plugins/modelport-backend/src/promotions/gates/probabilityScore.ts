import {
  brierScore,
  calibrationBody,
  fromFigure,
  logLoss,
} from '@modelport/plugin-modelport-common';
import { countingEvidence, whyCut } from './countingEvidence';
import { tooFewRows } from './enoughRows';
import { findMeasurement } from './findMeasurement';
import { gateResult, Judged } from './gateResult';
import { figureText } from './limits';
import { pairedMetricOf } from './pairedMetric';
import { rowsOf } from './rowsOf';
import { RuleOf } from './RuleOf';
import { areProbabilities } from './scoredRows';
import { GateFacts, GateResult } from './types';

type Rule = RuleOf<'brier'> | RuleOf<'log-loss'>;

const NAMES = { brier: 'Brier score', 'log-loss': 'Log loss' };

/**
 * Brier score or log loss against a limit: from evaluation rows, else from calibration evidence, else as one figure among
 * the version's metrics.
 */
export function probabilityScore(rule: Rule, facts: GateFacts): GateResult {
  const name = NAMES[rule.type];
  const cut = whyCut(facts.candidate, 'evaluation-rows', 'calibration');
  const found =
    cut === null
      ? fromRows(rule, facts) ??
        fromCalibration(rule, facts) ??
        fromMetrics(rule, facts)
      : { why: cut };
  const tooFew =
    'value' in found && found.n !== undefined
      ? tooFewRows(rule, found.n, name)
      : null;
  if (tooFew !== null && 'value' in found) {
    const { value, evidence } = found;
    return gateResult(rule, `${name} at most ${rule.max}`, {
      threshold: rule.max,
      value,
      evidence,
      outcome: 'unknown',
      message: tooFew,
    });
  }
  return gateResult(rule, `${name} at most ${rule.max}`, {
    threshold: rule.max,
    ...('why' in found
      ? { outcome: 'unknown', message: found.why }
      : {
          ...found,
          outcome: found.value <= rule.max ? 'pass' : 'fail',
          message: `${name} is ${figureText(found.value)}, ${found.origin}.`,
        }),
  });
}

type Scored = Pick<Judged, 'evidence' | 'producer' | 'producedAt'> & {
  value: number;
  /** Rows that it is of; where those are known to be enough already, absent. */
  n?: number;
  origin: string;
};

function fromRows(rule: Rule, facts: GateFacts): Scored | null {
  const found = rowsOf(rule, facts);
  if (!found.rows || !areProbabilities(found.rows.scores)) {
    return null;
  }
  const { labels, scores, evaluationSet } = found.rows;
  const value = (rule.type === 'brier' ? brierScore : logLoss)(labels, scores);
  return value === null
    ? null
    : {
        value,
        n: labels.length,
        evidence: [found.document],
        origin: `computed from ${labels.length} rows of "${evaluationSet.id}"`,
      };
}

function fromCalibration(rule: Rule, facts: GateFacts): Scored | null {
  const { documents } = countingEvidence(
    rule,
    facts.candidate,
    'calibration',
    facts.now,
  );
  for (const document of documents) {
    const body = calibrationBody.safeParse(document.body).data;
    const figure = rule.type === 'brier' ? body?.brier : body?.logLoss;
    const value =
      figure === null || figure === undefined ? NaN : fromFigure(figure);
    if (body && Number.isFinite(value)) {
      return {
        value,
        n: body.n,
        evidence: [document],
        origin: `as calibration evidence says for ${body.n} rows`,
      };
    }
  }
  return null;
}

function fromMetrics(rule: Rule, facts: GateFacts): Scored | { why: string } {
  const keys = new Set(
    facts.candidate.version.measurements
      .filter(
        ({ key, slice }) => slice === null && pairedMetricOf(key) === rule.type,
      )
      .map(({ key }) => key),
  );
  if (keys.size !== 1) {
    return {
      why:
        keys.size === 0
          ? `Version ${facts.candidate.version.version} has no ${
              NAMES[rule.type]
            }. Push evaluation-rows, calibration or metrics evidence of it.`
          : `Which of ${[...keys]
              .map(key => `"${key}"`)
              .join(
                ', ',
              )} counts is not known: a gate of the type metric-limit names one.`,
    };
  }
  const [metric] = keys;
  const { found, why } = findMeasurement(
    { ...rule, metric },
    facts.candidate,
    facts.now,
  );
  return found ? { ...found, origin: `as "${metric}" says` } : { why };
}
