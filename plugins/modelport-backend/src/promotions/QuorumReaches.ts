import { LoggerService } from '@backstage/backend-plugin-api';
import { QuorumReach } from '@modelport/plugin-modelport-common';
import { messageOf } from '../messageOf';
import { ShortMemory } from '../models/ShortMemory';
import { People } from './People';
import { OPEN_STATES, PromotionRecord } from './PromotionRecord';
import { quorumOf, wouldBeMet } from './quorum';
import { Reviewer, whyNotDecide } from './refusals';

/** Of larger groups the rest is not looked at. */
const MOST_PEOPLE = 500;

/** Pages ask again with every change; who is of a group decides nothing here. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_GROUPS = 1_000;

interface Members {
  /** By the people and groups that decide; undefined where the catalog does not know one. */
  byRef: Map<string, string[] | undefined>;
  reviewers: Reviewer[];
  /** Whether all of them were looked at. */
  isAll: boolean;
}

/** Tells whether those who may still decide on promotions can complete their quorums, by what the catalog has now. */
export class QuorumReaches {
  private readonly known = new ShortMemory<Members>({
    milliseconds: REMEMBERED_MS,
    most: REMEMBERED_GROUPS,
  });

  constructor(
    private readonly options: {
      people: Pick<People, 'membersOf' | 'reviewers'>;
      logger: LoggerService;
    },
  ) {}

  /**
   * Whether the quorum of a promotion can be completed still; null where nothing is decided any more.
   *
   * @param who - who asks, for whether it can be without that person too; undefined for nobody.
   */
  async of(
    promotion: PromotionRecord,
    who: string | undefined,
  ): Promise<QuorumReach | null> {
    if (!OPEN_STATES.includes(promotion.state)) {
      return null;
    }
    const asked = askedOf(promotion);
    const found = await this.members(asked);
    const unknown = asked.filter(ref => found?.byRef.get(ref) === undefined);
    const left = (found?.reviewers ?? []).filter(
      reviewer => whyNotDecide(promotion, reviewer) === undefined,
    );
    const leftOf = (ref: string) =>
      left.filter(({ entityRef }) =>
        found?.byRef.get(ref)?.includes(entityRef),
      );
    const { waitingFor } = quorumOf(promotion);
    if (!wouldBeMet(promotion, left)) {
      const isKnown = asked.length > 0 && unknown.length === 0 && found?.isAll;
      return {
        state: isKnown ? 'cannot' : 'unknown',
        nobodyLeft: waitingFor.filter(
          ref => !unknown.includes(ref) && leftOf(ref).length === 0,
        ),
        unknown,
        needsYou: false,
        lastOf: [],
      };
    }
    const needsYou =
      unknown.length === 0 &&
      !wouldBeMet(
        promotion,
        left.filter(({ entityRef }) => entityRef !== who),
      );
    return {
      state: 'can',
      nobodyLeft: [],
      unknown,
      needsYou,
      lastOf: needsYou
        ? waitingFor.filter(ref =>
            leftOf(ref).every(({ entityRef }) => entityRef === who),
          )
        : [],
    };
  }

  /** Who may speak for those who decide; undefined where the catalog could not be asked. */
  private async members(asked: string[]): Promise<Members | undefined> {
    const { people, logger } = this.options;
    try {
      return await this.known.get(JSON.stringify(asked), async () => {
        const byRef = await people.membersOf(asked);
        // The few of a small group are not crowded out by a large one.
        const bySize = [...byRef.values()]
          .map(members => members ?? [])
          .sort((a, b) => a.length - b.length);
        const refs = [...new Set(bySize.flat())];
        const reviewers = await people.reviewers(refs.slice(0, MOST_PEOPLE));
        return { byRef, reviewers, isAll: refs.length <= MOST_PEOPLE };
      });
    } catch (error) {
      logger.debug(
        `Who may decide could not be asked of the catalog: ${messageOf(error)}`,
      );
      return undefined;
    }
  }
}

/** The people and groups that a promotion may wait for at all. */
function askedOf({ owner, policy }: PromotionRecord): string[] {
  const refs = [
    ...(owner === null ? [] : [owner]),
    ...policy.riskGroups,
    ...policy.approvals.oneFrom,
  ];
  return [...new Set(refs.map(ref => ref.toLowerCase()))].sort();
}
