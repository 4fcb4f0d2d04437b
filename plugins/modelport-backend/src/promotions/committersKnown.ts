import { commitsBody } from '@modelport/plugin-modelport-common';
import { countingEvidence } from './gates/countingEvidence';
import { GateEvidence, GateFacts } from './gates/types';
import { PromotionPolicy } from './promotionsConfig';

/** Whether all who committed are known, as far as evidence that counts says it. */
export interface Committers {
  /** What says who committed; null where nothing that counts does. */
  document: GateEvidence | null;
  /** Why nothing does, in words; null where something does. */
  why: string | null;
}

/**
 * Looks for evidence of all commits between the version in production and the candidate, from somebody whose word counts:
 * who made a version could leave a name out.
 */
export function committersKnown(
  facts: GateFacts,
  { from }: NonNullable<PromotionPolicy['commits']>,
): Committers {
  const { candidate, production, now } = facts;
  const counting = countingEvidence({ from }, candidate, 'commits', now);
  let why = counting.why;
  for (const document of counting.documents) {
    const body = commitsBody.safeParse(document.body).data;
    why =
      body === undefined
        ? 'The commits evidence does not follow its schema.'
        : otherRange(body, {
            to: candidate.version.sourceCode?.commit,
            from: production?.version.sourceCode?.commit,
          });
    if (why === null) {
      return { document, why };
    }
  }
  return { document: null, why };
}

/** Why a list of commits is not that between two versions; null where nothing speaks against it. */
function otherRange(
  listed: { from?: string | null; to: string },
  versions: { from?: string | null; to?: string | null },
): string | null {
  if (!agree(listed.to, versions.to)) {
    return `The commits evidence leads to ${listed.to}, but the version was made from ${versions.to}.`;
  }
  return agree(listed.from, versions.from)
    ? null
    : `The commits evidence begins after ${listed.from}, but what is in production was made from ${versions.from}.`;
}

/** Whether two names may be of the same commit; one may be written in short. */
function agree(one?: string | null, other?: string | null): boolean {
  return !one || !other || one.startsWith(other) || other.startsWith(one);
}
