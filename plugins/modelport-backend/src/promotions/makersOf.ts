import { ExcludedPerson } from '@modelport/plugin-modelport-common';
import { commitsBody } from '@modelport/plugin-modelport-common';
import { GateFacts } from './gates/types';
import { Maker, People } from './People';
import { JudgedGate } from './PromotionRecord';
import { AUTHORS_GATE } from './promotionRules';

/** Who made a version, as far as that is known: its author, and who committed since the version in production. */
export function makersOf(facts: GateFacts): Maker[] {
  const { version, evidence } = facts.candidate;
  const authors: Maker[] =
    version.author === null ? [] : [{ user: version.author, why: 'author' }];
  const committers = evidence
    .filter(({ kind }) => kind === 'commits')
    .flatMap(({ body }): Maker[] => {
      const read = commitsBody.safeParse(body);
      return (read.data?.commits ?? []).flatMap(commit =>
        [commit.author, commit.committer ?? commit.author].map(person => ({
          user: person.email,
          why: 'committer' as const,
        })),
      );
    });
  const seen = new Set<string>();
  return [...authors, ...committers].filter(({ user }) => {
    const isNew = !seen.has(user.toLowerCase());
    seen.add(user.toLowerCase());
    return isNew;
  });
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
  for (const maker of makersOf(facts)) {
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
  options: { waivable: boolean },
): JudgedGate {
  const { author } = facts.candidate.version;
  const isHigh = facts.model.riskTier === 'high';
  const base = {
    id: AUTHORS_GATE,
    type: AUTHORS_GATE,
    title: 'Who made the version is known',
    lower: null,
    upper: null,
    threshold: null,
    evidence: [],
    producer: null,
    producedAt: null,
    waivable: options.waivable,
    blocking: isHigh,
  };
  const names = unmapped.map(({ user, why }) => `${why} ${user}`).join(', ');
  if (author === null || unmapped.length > 0) {
    return {
      ...base,
      outcome: 'unknown',
      value: author,
      message: `${
        author === null
          ? 'The registry names no author.'
          : `No person of the catalog could be found for ${names}.`
      } Nobody can tell whose own work this is.${
        isHigh ? '' : ' It blocks at high risk only.'
      }`,
    };
  }
  return {
    ...base,
    outcome: 'pass',
    value: author,
    message:
      'The author, and every committer that is known, is a person of the catalog.',
  };
}
