import { OwnModels } from './OwnModels';
import { People } from './People';

/** Who may lower the risk tier of a model, whatever permissions say: people of the risk groups whose own work it is not. */
export class LoweredTiers {
  constructor(
    private readonly options: {
      /** Any person where there are none. */
      riskGroups: string[];
      people: Pick<People, 'reviewer'>;
      ownModels: Pick<OwnModels, 'why'>;
    },
  ) {}

  /** Why a person may not; undefined where they may. */
  async whyNot(
    of: { source: string; name: string },
    person: string,
  ): Promise<string | undefined> {
    const { riskGroups, people, ownModels } = this.options;
    if (riskGroups.length > 0) {
      const { allGroups } = await people.reviewer(person);
      if (!riskGroups.some(group => allGroups.includes(group))) {
        return `Only ${riskGroups.join(' or ')} may lower a risk tier`;
      }
    }
    const own = await ownModels.why(of, person);
    return own && `${own}; nobody lowers the risk tier of their own model`;
  }
}
