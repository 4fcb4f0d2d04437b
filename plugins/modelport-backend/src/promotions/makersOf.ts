import {
  commitsBody,
  ExcludedPerson,
  RiskTier,
  Version,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { committersKnown } from './committersKnown';
import { madeAt } from './gates/timesOf';
import { GateEvidence, GateFacts } from './gates/types';
import { Maker, People } from './People';
import { JudgedGate } from './PromotionRecord';
import { AUTHORS_GATE } from './waiverRules';
import { PromotionPolicy } from './promotionsConfig';

type CommitsBody = z.output<typeof commitsBody>;

/**
 * Who made a version, as far as that is known: its author, and who committed since the version in production. Whoever
 * brought the evidence, it names people who may not decide; that it names all of them is for the gate to tell.
 */
export function makersOf({
  version,
  evidence,
}: {
  version: Pick<Version, 'author'>;
  evidence: Array<Pick<GateEvidence, 'kind' | 'body'>>;
}): Maker[] {
  const authors: Maker[] =
    version.author === null ? [] : [{ user: version.author, why: 'author' }];
  const committers = evidence
    .filter(({ kind }) => kind === 'commits')
    .flatMap(({ body }): Maker[] => {
      const read = commitsBody.safeParse(body);
      return makersIn(read.data).map(user => ({ user, why: 'committer' }));
    });
  const seen = new Set<string>();
  return [...authors, ...committers].filter(({ user }) => {
    const isNew = !seen.has(user.toLowerCase());
    seen.add(user.toLowerCase());
    return isNew;
  });
}

/** Users who wrote or committed what a list of commits names. */
export function makersIn(listed: CommitsBody | undefined): string[] {
  return (listed?.commits ?? []).flatMap(({ author, committer }) =>
    [author, committer ?? author].map(({ email }) => email),
  );
}

/** People whose own work a version is, and those of its makers who could not be mapped to a person. */
export async function excludedOf(options: {
  facts: GateFacts;
  people: People;
  requestedBy: string;
}): Promise<{
  excluded: ExcludedPerson[];
  makers: ExcludedPerson[];
  unmapped: Maker[];
}> {
  const { facts, people, requestedBy } = options;
  const excluded: ExcludedPerson[] = [
    { entityRef: requestedBy, why: 'requester' },
  ];
  const makers: ExcludedPerson[] = [];
  const unmapped: Maker[] = [];
  for (const maker of makersOf(facts.candidate)) {
    const entityRef = await people.personOf(facts.model.source, maker.user);
    if (entityRef === undefined) {
      unmapped.push(maker);
      continue;
    }
    if (!makers.some(other => other.entityRef === entityRef)) {
      makers.push({ entityRef, why: maker.why });
    }
    if (!excluded.some(other => other.entityRef === entityRef)) {
      excluded.push({ entityRef, why: maker.why });
    }
  }
  return { excluded, makers, unmapped };
}

/** Whether all who made a version are known as people, without which nobody can tell whose work it is. */
export function authorsGate(
  facts: GateFacts,
  unmapped: Maker[],
  policy: Pick<PromotionPolicy, 'authorsWaivable' | 'commits'> & {
    riskTier: RiskTier;
  },
): JudgedGate {
  const { author } = facts.candidate.version;
  const isHigh = policy.riskTier === 'high';
  const { commits } = policy;
  const committers = commits && committersKnown(facts, commits);
  const document = committers?.document;
  const base = {
    id: AUTHORS_GATE,
    type: AUTHORS_GATE,
    title: 'Who made the version is known',
    value: author,
    lower: null,
    upper: null,
    threshold: null,
    evidence: document ? [document.digest] : [],
    producer: document?.from ?? null,
    producedAt: document ? madeAt(document) : null,
    waivable: policy.authorsWaivable,
    blocking: isHigh,
  };
  const names = unmapped.map(({ user, why }) => `${why} ${user}`).join(', ');
  const open = [
    ...(author === null ? ['The registry names no author.'] : []),
    ...(unmapped.length > 0
      ? [`No person of the catalog could be found for ${names}.`]
      : []),
    ...(commits?.required && committers?.why
      ? [`Who committed is not known. ${committers.why}`]
      : []),
  ];
  if (open.length > 0) {
    return {
      ...base,
      outcome: 'unknown',
      message: `${open.join(' ')} Nobody can tell whose own work this is.${
        isHigh ? '' : ' It blocks at high risk only.'
      }`,
    };
  }
  return {
    ...base,
    outcome: 'pass',
    message: committers?.why
      ? `The author is a person of the catalog. Whether others committed is not known, which the policy lets pass. ${committers.why}`
      : 'The author, and every committer that is known, is a person of the catalog.',
  };
}
