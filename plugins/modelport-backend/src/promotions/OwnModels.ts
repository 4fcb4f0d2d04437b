import { commitsBody, Model } from '@modelport/plugin-modelport-common';
import { EvidenceService } from '../evidence/EvidenceService';
import { ModelsService } from '../models/ModelsService';
import { makersIn } from './makersOf';
import { People } from './People';

/** Documents of commits of a version that are looked through; the newest. */
const MOST_DOCUMENTS = 100;

/** Whose own work models are, besides those that they belong to. */
export class OwnModels {
  constructor(
    private readonly options: {
      models: Pick<ModelsService, 'get' | 'authors'>;
      evidence: Pick<EvidenceService, 'documentsOf'>;
      people: Pick<People, 'personOf'>;
    },
  ) {}

  /**
   * Why a model is a person's own work, or might be: who made any version of it, or committed to what is the latest or
   * live somewhere. Of a model without an owner an author who is nobody known might be anybody. Undefined where nothing
   * speaks for it.
   */
  async why(
    of: { source: string; name: string },
    person: string,
  ): Promise<string | undefined> {
    const { models, people } = this.options;
    const { source, name } = of;
    const model = await models.get(source, name, undefined);
    const users = new Set([
      ...(await models.authors(source, name)),
      ...(await this.committers(model)),
    ]);
    const unknown: string[] = [];
    for (const user of users) {
      const found = await people.personOf(source, user);
      if (found === person.toLowerCase()) {
        return `You made versions of ${name}, as ${user}`;
      }
      if (found === undefined) {
        unknown.push(user);
      }
    }
    return model.owner === null && unknown.length > 0
      ? `${name} belongs to nobody, and ${unknown[0]}, who made versions of it, is no person of the catalog, so that nobody can tell whose model it is. Name its owner, or who that is in modelport.promotions.people`
      : undefined;
  }

  private async committers(model: Model): Promise<string[]> {
    const versions = new Set([
      ...model.environments.map(({ version }) => version),
      ...(model.latestVersion === null ? [] : [model.latestVersion]),
    ]);
    const { source, name } = model;
    const found = await Promise.all(
      [...versions].map(async version =>
        this.options.evidence.documentsOf(
          { source, name, version, visibility: undefined },
          { kind: 'commits', limit: MOST_DOCUMENTS },
        ),
      ),
    );
    return found
      .flat()
      .flatMap(({ body }) => makersIn(commitsBody.safeParse(body).data));
  }
}
