import { GateOutcome, midranks } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { countingEvidence } from './countingEvidence';
import { gateResult } from './gateResult';
import { figureText } from './limits';
import { movedReasons } from './movedReasons';
import { productionUnknown } from './productionUnknown';
import { RuleOf } from './RuleOf';
import { GateFacts, GateResult } from './types';

const feature = z.object({ name: z.string(), meanAbs: z.number() });

/** What is kept of explanation evidence, as far as two of them are compared. */
const stored = z.object({
  explains: z.object({ output: z.string() }),
  perturbation: z.string().nullish(),
  background: z.object({ digest: z.string().nullish() }).nullish(),
  rowCount: z.number().nullish(),
  rows: z.array(z.object({ id: z.string() }).nullable()).nullish(),
  outputs: z.array(z.object({ features: z.array(feature) })).min(1),
});

type Explained = z.output<typeof stored>;

/** The explanation ranks features as that of the version in production, on the same probe rows and background. */
export function explanationStable(
  rule: RuleOf<'explanation-stable'>,
  facts: GateFacts,
): GateResult {
  const { candidate, production, environment, now } = facts;
  const title = `Explanation ranks features as in ${environment}`;
  const threshold = rule.minRankCorrelation;
  if (!production) {
    return gateResult(rule, title, {
      threshold,
      ...(productionUnknown(facts) ?? {
        outcome: 'pass',
        message: `Nothing is live in ${environment} to compare with.`,
      }),
    });
  }
  const ours = countingEvidence(rule, candidate, 'explanation', now);
  const theirs = countingEvidence(
    { from: rule.from },
    production,
    'explanation',
    now,
  );
  const unknown = (message: string) =>
    gateResult(rule, title, {
      threshold,
      outcome: 'unknown',
      evidence: [
        ...ours.documents.slice(0, 1),
        ...theirs.documents.slice(0, 1),
      ],
      message,
    });
  if (ours.why !== null || theirs.why !== null) {
    return unknown(ours.why ?? theirs.why ?? '');
  }
  let different = '';
  for (const one of ours.documents) {
    for (const other of theirs.documents) {
      const [first, second] = [one, other].map(
        ({ body }) => stored.safeParse(body).data,
      );
      const why =
        first && second
          ? whyNotComparable(first, second)
          : 'one of them does not follow its schema';
      different = why ?? different;
      if (first && second && !why) {
        const value = rankCorrelationOf(first, second, rule.top);
        if (value === null) {
          return unknown(
            'There are too few features whose importance differs.',
          );
        }
        const moved = movedReasons(rule, {
          candidate: one,
          production: other,
        });
        const ranked = value >= threshold ? 'pass' : 'fail';
        return gateResult(rule, title, {
          outcome: worstOf([ranked, moved.outcome]),
          value,
          threshold,
          evidence: [one, other],
          message: `Spearman's rank correlation of the mean absolute contributions is ${figureText(
            value,
          )} over the ${
            rule.top
          } most important features of either version, against version ${
            production.version.version
          }.${moved.message}`,
        });
      }
    }
  }
  return unknown(`The explanations can't be compared: ${different}.`);
}

function worstOf(outcomes: GateOutcome[]): GateOutcome {
  const found = (['fail', 'unknown'] as const).find(one =>
    outcomes.includes(one),
  );
  return found ?? 'pass';
}

function whyNotComparable(first: Explained, second: Explained): string | null {
  if (first.outputs.length !== second.outputs.length) {
    return 'they explain different outputs';
  }
  if (
    [first, second].some(({ outputs }) =>
      outputs.some(({ features }) => features.length === 0),
    )
  ) {
    return 'one of them explains too few rows for its figures to be told';
  }
  if (first.explains.output !== second.explains.output) {
    return 'one explains the margin, the other the probability';
  }
  if ((first.perturbation ?? null) !== (second.perturbation ?? null)) {
    return 'they were made in different ways';
  }
  const [background, other] = [first, second].map(
    explained => explained.background?.digest,
  );
  if (!background || !other) {
    return 'one of them does not name its background';
  }
  if (background !== other) {
    return 'they were made against different backgrounds';
  }
  const [ids, others] = [first, second].map(explained =>
    explained.rows?.length
      ? explained.rows.flatMap(row => row?.id ?? [])
      : null,
  );
  if (!ids || !others) {
    return 'which rows one of them explains is not known';
  }
  const [known, ours] = [new Set(others), new Set(ids)];
  if (known.size < others.length || ours.size < ids.length) {
    return 'one of them explains a row twice';
  }
  return ids.length === others.length && ids.every(id => known.has(id))
    ? null
    : 'they explain different rows';
}

/** The least over the outputs; a feature that one version does not have counts as of no importance there. */
function rankCorrelationOf(
  first: Explained,
  second: Explained,
  top: number,
): number | null {
  const of = first.outputs.map(({ features }, output) => {
    const [a, b] = [features, second.outputs[output].features].map(
      list => new Map(list.map(({ name, meanAbs }) => [name, meanAbs])),
    );
    const names = new Set(
      [a, b].flatMap(importance =>
        [...importance]
          .sort(([, x], [, y]) => y - x)
          .slice(0, top)
          .map(([name]) => name),
      ),
    );
    return spearman(
      [...names].map(name => a.get(name) ?? 0),
      [...names].map(name => b.get(name) ?? 0),
    );
  });
  return of.includes(null)
    ? null
    : Math.min(...of.flatMap(value => value ?? []));
}

function spearman(first: number[], second: number[]): number | null {
  const [a, b] = [midranks(first), midranks(second)];
  const centre = (first.length + 1) / 2;
  const sum = (x: Float64Array, y: Float64Array) =>
    x.reduce(
      (total, rank, at) => total + (rank - centre) * (y[at] - centre),
      0,
    );
  const [aa, bb] = [sum(a, a), sum(b, b)];
  return first.length >= 3 && aa > 0 && bb > 0
    ? sum(a, b) / Math.sqrt(aa * bb)
    : null;
}
