import {
  CalibrationBand,
  calibrationBands,
  calibrationBody,
  expectedCalibrationError,
  fromFigure,
  GateOutcome,
  Interval,
  logisticRecalibration,
  wilsonInterval,
} from '@modelport/plugin-modelport-common';
import { countingEvidence, whyCut } from './countingEvidence';
import { tooFewRows } from './enoughRows';
import { gateResult } from './gateResult';
import {
  figureText,
  intervalText,
  judgeInterval,
  Limits,
  limitsText,
  within,
  worstOf,
} from './limits';
import { rowsOf } from './rowsOf';
import { RuleOf } from './RuleOf';
import { areProbabilities } from './scoredRows';
import { GateEvidence, GateFacts, GateResult } from './types';

type Rule = RuleOf<'calibration'>;

/** A figure with its interval, where there is one. */
interface Figured {
  value: number;
  interval: Interval | null;
}

/** What is known of a version's calibration. */
interface Calibration {
  slope: Figured | null;
  intercept: Figured | null;
  error: number | null;
  bands: Array<
    Pick<CalibrationBand, 'lower' | 'upper' | 'n' | 'predicted' | 'observed'>
  >;
  document: GateEvidence;
  /** Rows that it is of. */
  n: number;
  /** Words after the figures. */
  origin: string;
}

interface Criterion {
  outcome: GateOutcome;
  value: number | null;
  lower?: number;
  upper?: number;
  threshold: string;
  message: string;
}

/**
 * Calibration by slope, intercept, expected calibration error and observed over expected by band. From evaluation rows
 * where they are there, with intervals; else as a document says it. An interval of slope or intercept that straddles
 * its limits is unknown; a band fails where its interval lies wholly outside, and is unknown where it lies there but
 * for its interval.
 */
export function calibration(rule: Rule, facts: GateFacts): GateResult {
  const title = titleOf(rule);
  const cut = whyCut(facts.candidate, 'evaluation-rows');
  const known =
    cut === null
      ? fromRows(rule, facts) ?? fromDocument(rule, facts)
      : { why: cut };
  if ('why' in known) {
    return gateResult(rule, title, { outcome: 'unknown', message: known.why });
  }
  const tooFew = tooFewRows(rule, known.n, 'What is known of calibration');
  if (tooFew !== null) {
    return gateResult(rule, title, {
      outcome: 'unknown',
      evidence: [known.document],
      message: tooFew,
    });
  }
  const criteria = [
    ...(rule.slope ? [ofFigure('Slope', known.slope, rule.slope)] : []),
    ...(rule.intercept
      ? [ofFigure('Intercept', known.intercept, rule.intercept)]
      : []),
    ...(rule.maxError === undefined
      ? []
      : [
          ofFigure(
            'Expected calibration error',
            known.error === null
              ? null
              : { value: known.error, interval: null },
            { max: rule.maxError },
          ),
        ]),
    ...(rule.observedOverExpected
      ? [ofBands(rule, known.bands, rule.observedOverExpected)]
      : []),
  ];
  const worst = worstOf(criteria);
  return gateResult(rule, title, {
    outcome: worst?.outcome ?? 'unknown',
    value: worst?.value,
    lower: worst?.lower,
    upper: worst?.upper,
    threshold: worst?.threshold,
    evidence: [known.document],
    message: `${criteria.map(({ message }) => message).join(' ')} ${
      known.origin
    }`,
  });
}

function titleOf(rule: Rule): string {
  return `Calibration: ${[
    rule.slope && `slope ${limitsText(rule.slope)}`,
    rule.intercept && `intercept ${limitsText(rule.intercept)}`,
    rule.maxError !== undefined && `error at most ${rule.maxError}`,
    rule.observedOverExpected &&
      `observed over expected ${limitsText(rule.observedOverExpected)}`,
  ]
    .filter(Boolean)
    .join(', ')}`;
}

function fromRows(rule: Rule, facts: GateFacts): Calibration | null {
  const found = rowsOf(rule, facts);
  if (!found.rows || !areProbabilities(found.rows.scores)) {
    return null;
  }
  const { labels, scores, evaluationSet } = found.rows;
  const fit = logisticRecalibration(labels, scores);
  const bands = calibrationBands(labels, scores);
  return {
    slope: fit && { value: fit.slope.value, interval: fit.slope },
    intercept: fit && { value: fit.intercept.value, interval: fit.intercept },
    error: expectedCalibrationError(bands),
    bands,
    document: found.document,
    n: labels.length,
    origin: `Computed from ${labels.length} rows of "${
      evaluationSet.id
    }": logistic recalibration${
      fit && fit.leftOut > 0 ? ` without ${fit.leftOut} rows at 0 or 1` : ''
    }, 10 bands of equal width, Wilson intervals.`,
  };
}

function fromDocument(
  rule: Rule,
  facts: GateFacts,
): Calibration | { why: string } {
  const { documents, why } = countingEvidence(
    rule,
    facts.candidate,
    'calibration',
    facts.now,
  );
  if (why !== null) {
    return { why };
  }
  const [document] = documents;
  const body = calibrationBody.safeParse(document.body);
  if (!body.success) {
    return {
      why: 'The newest calibration evidence does not follow its schema.',
    };
  }
  const { slope, intercept, expectedCalibrationError: said, n } = body.data;
  const bands = body.data.bins.map(band => ({
    ...band,
    predicted: numberOf(band.predicted),
    observed: numberOf(band.observed),
  }));
  const figured = (figure: typeof slope): Figured | null => {
    const value = numberOf(figure);
    return value === null ? null : { value, interval: null };
  };
  return {
    slope: figured(slope),
    intercept: figured(intercept),
    error: numberOf(said) ?? expectedCalibrationError(bands),
    bands,
    document,
    n,
    origin: `As the document says for ${n} rows.`,
  };
}

function numberOf(
  figure: Parameters<typeof fromFigure>[0] | null | undefined,
): number | null {
  const value =
    figure === null || figure === undefined ? NaN : fromFigure(figure);
  return Number.isFinite(value) ? value : null;
}

function ofFigure(
  name: string,
  figured: Figured | null,
  limits: Limits,
): Criterion {
  const threshold = limitsText(limits);
  if (!figured) {
    return {
      outcome: 'unknown',
      value: null,
      threshold,
      message: `${name} is not known.`,
    };
  }
  const { value, interval } = figured;
  if (!interval) {
    return {
      outcome: within(value, limits) ? 'pass' : 'fail',
      value,
      threshold,
      message: `${name} is ${figureText(value)}.`,
    };
  }
  const outcome = judgeInterval(interval, limits);
  return {
    outcome,
    value,
    lower: interval.lower,
    upper: interval.upper,
    threshold,
    message: `${name} is ${figureText(value)} (${intervalText(interval)})${
      outcome === 'unknown' ? ', which straddles its limit' : ''
    }.`,
  };
}

function ofBands(
  rule: Rule,
  bands: Calibration['bands'],
  limits: Limits,
): Criterion {
  const threshold = limitsText(limits);
  const judged = bands.flatMap(({ lower, upper, n, predicted, observed }) => {
    if (n < rule.minimumBandRows || !predicted || observed === null) {
      return [];
    }
    const share = wilsonInterval(observed * n, n);
    const interval = {
      lower: share.lower / predicted,
      upper: share.upper / predicted,
    };
    const value = observed / predicted;
    const outcome: GateOutcome = within(value, limits)
      ? 'pass'
      : judgeInterval(interval, limits);
    return [
      {
        outcome,
        value,
        ...interval,
        threshold,
        message: `Observed over expected is ${figureText(
          value,
        )} (${intervalText(interval)}) between ${lower} and ${upper}.`,
      },
    ];
  });
  const worst = worstOf(judged);
  if (!worst) {
    return {
      outcome: 'unknown',
      value: null,
      threshold,
      message: `No band has ${rule.minimumBandRows} rows, so that observed over expected is not judged.`,
    };
  }
  return worst.outcome === 'pass'
    ? {
        ...worst,
        message: `Observed over expected is within its limits in ${judged.length} bands of ${bands.length}; the others have fewer than ${rule.minimumBandRows} rows.`,
      }
    : worst;
}
