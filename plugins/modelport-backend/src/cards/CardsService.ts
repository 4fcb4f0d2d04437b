import {
  Card,
  CARD_PATHS,
  CardBody,
  cardBody,
  cardCompleteness,
  CardFormat,
  CardTemplate,
  Model,
  RiskTier,
  Version,
  writeCycloneDxCard,
  writeHuggingFaceCard,
} from '@modelport/plugin-modelport-common';
import { ModelsService } from '../models/ModelsService';
import { ModelsVisibility } from '../models/modelsFilter';
import { AssembledCard, assembleCard } from './assembleCard';
import { CardDocuments } from './CardDocuments';

/** Models whose cards are judged anew with one call, at most. */
const REFRESHED_AT_ONCE = 200;

/** A version of a model, and what the caller may see. */
export interface VersionOf {
  source: string;
  name: string;
  version: string;
  visibility: ModelsVisibility;
}

/** A card as a file of another format. */
export interface ExportedCard {
  text: string;
  mediaType: string;
  fileName: string;
  /** Fields that the format cannot hold. */
  notHeld: string[];
}

/** Cards of versions, as the API answers them. */
export class CardsService {
  /** Up to where changed models were judged; from the first one on after a start. */
  private cursor: string | undefined;

  constructor(
    private readonly options: {
      models: ModelsService;
      documents: CardDocuments;
      templates: Record<RiskTier, Pick<CardTemplate, 'id' | 'fields'>>;
    },
  ) {}

  /** @throws `NotFoundError` where there is no such version that the caller may see. */
  async get(of: VersionOf): Promise<Card> {
    const { model, version, card } = await this.assemble(of);
    return {
      fields: card.fields,
      completeness: this.completeness(model, version, card),
      contradictions: card.contradictions,
    };
  }

  /** @throws `NotFoundError` where there is no such version that the caller may see. */
  async export(of: VersionOf, format: CardFormat): Promise<ExportedCard> {
    const { version, card } = await this.assemble(of);
    const body = bodyOf(card);
    const base = `${version.name}-${version.version}`
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .slice(0, 100);
    return format === 'cyclonedx'
      ? {
          ...writeCycloneDxCard(body, {
            name: version.name,
            version: version.version,
          }),
          mediaType: 'application/json',
          fileName: `${base}.cdx.json`,
        }
      : {
          ...writeHuggingFaceCard(body, { name: version.name }),
          mediaType: 'text/markdown',
          fileName: `${base}.md`,
        };
  }

  /**
   * Judges the card of a model's latest version anew and keeps how complete it is where lists show it. To be called
   * when what a card depends on has changed: its documents, the version, the model, or the model's risk tier.
   */
  async refresh(id: { source: string; name: string }): Promise<void> {
    const { models } = this.options;
    const { latestVersion } = await models.get(id.source, id.name, undefined);
    if (latestVersion === null) {
      await models.putCardCompleteness(id, null);
      return;
    }
    const { model, version, card } = await this.assemble({
      ...id,
      version: latestVersion,
      visibility: undefined,
    });
    await models.putCardCompleteness(
      id,
      card.isWritten ? this.completeness(model, version, card).score : null,
    );
  }

  /** Judges the cards of models that changed since the last call; ends after a number of them. */
  async refreshChanged(): Promise<void> {
    const { items, nextCursor } = await this.options.models.changes({
      cursor: this.cursor,
      limit: REFRESHED_AT_ONCE,
    });
    for (const { source, name, retired } of items) {
      if (!retired) {
        await this.refresh({ source, name });
      }
    }
    this.cursor = nextCursor;
  }

  private completeness(model: Model, version: Version, card: AssembledCard) {
    return cardCompleteness(
      this.options.templates[model.riskTier],
      model.riskTier,
      { ...card, versionCreatedAt: version.createdAt },
    );
  }

  private async assemble(of: VersionOf): Promise<{
    model: Model;
    version: Version;
    card: AssembledCard;
  }> {
    const { source, name, version: versionName, visibility } = of;
    const { models, documents } = this.options;
    const [model, version] = await Promise.all([
      models.get(source, name, visibility),
      models.getVersion(source, name, versionName, visibility),
    ]);
    const found = await documents.of({ source, name, version: versionName });
    return { model, version, card: assembleCard(model, version, found) };
  }
}

/** The card's values; a derived one that is larger than a card may be is left out. */
function bodyOf(card: AssembledCard): CardBody {
  return Object.assign(
    {},
    ...CARD_PATHS.map(path => {
      const result = cardBody.safeParse({ [path]: card.fields[path]?.value });
      return result.success && card.fields[path] ? result.data : {};
    }),
  );
}
