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
  writeToolkitCard,
} from '@modelport/plugin-modelport-common';
import { LineageService } from '../lineage/LineageService';
import { ModelsService } from '../models/ModelsService';
import { ModelsVisibility } from '../models/modelsFilter';
import { AssembledCard, assembleCard } from './assembleCard';
import { CardDocuments } from './CardDocuments';

/** How far a card looks for what its data was made from. */
const LINEAGE_DEPTH = 6;

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
  constructor(
    private readonly options: {
      models: ModelsService;
      documents: CardDocuments;
      lineage: Pick<LineageService, 'graph'>;
      templates: Record<RiskTier, Pick<CardTemplate, 'id' | 'fields'>>;
    },
  ) {}

  /** @throws `NotFoundError` where there is no such version that the caller may see. */
  async get(of: VersionOf): Promise<Card> {
    const { model, version, card } = await this.assemble(of, { ask: true });
    return {
      fields: card.fields,
      attestations: card.attestations,
      completeness: this.completeness(model, version, card),
      contradictions: card.contradictions,
    };
  }

  /** @throws `NotFoundError` where there is no such version that the caller may see. */
  async export(wanted: VersionOf, format: CardFormat): Promise<ExportedCard> {
    const { version, card } = await this.assemble(wanted, { ask: true });
    const body = bodyOf(card);
    const base = `${version.name}-${version.version}`
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .slice(0, 100);
    const of = { name: version.name, version: version.version };
    if (format === 'huggingface') {
      return {
        ...writeHuggingFaceCard(body, of),
        mediaType: 'text/markdown',
        fileName: `${base}.md`,
      };
    }
    return {
      ...(format === 'cyclonedx'
        ? writeCycloneDxCard(body, of)
        : writeToolkitCard(body, of)),
      mediaType: 'application/json',
      fileName: `${base}.${format === 'cyclonedx' ? 'cdx' : 'mct'}.json`,
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
    const { model, version, card } = await this.assemble(
      { ...id, version: latestVersion, visibility: undefined },
      { ask: false },
    );
    await models.putCardCompleteness(
      id,
      card.isWritten ? this.completeness(model, version, card).score : null,
    );
  }

  private completeness(model: Model, version: Version, card: AssembledCard) {
    return cardCompleteness(
      this.options.templates[model.riskTier],
      model.riskTier,
      { ...card, versionCreatedAt: version.createdAt },
    );
  }

  private async assemble(
    of: VersionOf,
    options: { ask: boolean },
  ): Promise<{
    model: Model;
    version: Version;
    card: AssembledCard;
  }> {
    const { source, name, version: versionName, visibility } = of;
    const { models, documents, lineage } = this.options;
    const [model, version] = await Promise.all([
      models.get(source, name, visibility),
      models.getVersion(source, name, versionName, visibility),
    ]);
    const [found, graph] = await Promise.all([
      documents.of({ source, name, version: versionName }, options),
      lineage.graph({ ...of, direction: 'upstream', depth: LINEAGE_DEPTH }),
    ]);
    return {
      model,
      version,
      card: assembleCard(model, version, { documents: found, lineage: graph }),
    };
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
