import { ConflictError, InputError } from '@backstage/errors';
import {
  Card,
  CardAttestation,
  cardCompleteness,
  CardFormat,
  CardTemplate,
  cardVersion,
  Model,
  RiskTier,
  Version,
  writeCycloneDxCard,
  writeHuggingFaceCard,
  writeToolkitCard,
} from '@modelport/plugin-modelport-common';
import { AuditLog } from '../audit/AuditLog';
import { EvidenceSubject } from '../evidence/documentRow';
import { LineageService } from '../lineage/LineageService';
import { ModelsService } from '../models/ModelsService';
import { ModelStandings } from '../models/ModelStandings';
import { ModelsVisibility } from '../models/modelsFilter';
import { AssembledCard, assembleCard } from './assembleCard';
import {
  attestationsOf,
  lapsedOf,
  revisionOf,
  statementOf,
} from './attestationsOf';
import { CardAttestations, WITHDRAWN } from './CardAttestations';
import { CardDocuments } from './CardDocuments';
import { contradictionTexts } from './contradictionTexts';
import { exportedBody } from './exportedBody';
import { OwnerNames } from './OwnerNames';

/** How far a card looks for what its data was made from. */
const LINEAGE_DEPTH = 6;

/** A version of a model, and what the caller may see. */
export interface VersionOf {
  source: string;
  name: string;
  version: string;
  visibility: ModelsVisibility;
}

/** A card with what it was made for and who attests it. */
interface Assembled {
  model: Model;
  version: Version;
  card: AssembledCard;
  attestations: Record<string, CardAttestation>;
  /** Of fields that say something else since. */
  lapsed: Record<string, CardAttestation>;
}

/** A card as a file of another format. */
export interface ExportedCard {
  text: string;
  mediaType: string;
  fileName: string;
  /** Fields that the format cannot hold. */
  notHeld: string[];
}

const EXPORTS = {
  huggingface: {
    write: writeHuggingFaceCard,
    mediaType: 'text/markdown',
    ending: 'md',
  },
  cyclonedx: {
    write: writeCycloneDxCard,
    mediaType: 'application/json',
    ending: 'cdx.json',
  },
  modelcardtoolkit: {
    write: writeToolkitCard,
    mediaType: 'application/json',
    ending: 'mct.json',
  },
} as const satisfies Record<CardFormat, object>;

/** Cards of versions, as the API answers them. */
export class CardsService {
  constructor(
    private readonly options: {
      models: ModelsService;
      standings: Pick<ModelStandings, 'putCardCompleteness'>;
      documents: CardDocuments;
      attestations: CardAttestations;
      owners: Pick<OwnerNames, 'of'>;
      audit: Pick<AuditLog, 'append'>;
      /** Told of models after somebody attested a card of theirs, or took that back. */
      onAttested: (model: { source: string; name: string }) => Promise<void>;
      lineage: Pick<LineageService, 'graph'>;
      templates: Record<RiskTier, Pick<CardTemplate, 'id' | 'fields'>>;
    },
  ) {}

  /** @throws `NotFoundError` where there is no such version that the caller may see. */
  async get(of: VersionOf): Promise<Card> {
    return this.toCard(await this.assemble(of, { ask: true }));
  }

  /**
   * Keeps that a person says that fields are right, or do not apply, as they stand now.
   *
   * @throws `NotFoundError` where there is no such version that the caller may see; `InputError` where a field says
   * nothing; `ConflictError` where the card says something else by now.
   */
  async attest(
    of: VersionOf & { paths: string[]; revision: string; by: string },
  ): Promise<Card> {
    const assembled = await this.assemble(of, { ask: false });
    const { version, card } = assembled;
    const at = new Date().toISOString();
    const attestations = [...new Set(of.paths)].map(path => {
      const stated = statementOf(card, path);
      if (stated === undefined) {
        throw new InputError(
          `The card of ${of.name} version ${
            of.version
          } says nothing in the field "${path.slice(
            0,
            100,
          )}"; expected fields that it fills. Nothing was attested.`,
        );
      }
      return { path, stated, by: of.by, at };
    });
    if (revisionOf(card) !== of.revision) {
      throw new ConflictError(
        `The card of ${of.name} version ${of.version} has changed since it was read. Nothing was attested; read it again.`,
      );
    }
    await this.options.attestations.add(subjectOf(version), attestations, {
      also: trx =>
        this.options.audit.append(trx, [
          {
            actor: of.by,
            action: 'card.attested',
            source: version.source,
            name: version.name,
            version: version.version,
            at,
            detail: {
              fields: Object.fromEntries(
                attestations.map(({ path, stated }) => [path, stated]),
              ),
            },
          },
        ]),
    });
    return this.told(assembled);
  }

  /**
   * Takes back what a person attested of fields; what others attested of them stays.
   *
   * @throws `NotFoundError` where there is no such version that the caller may see; `ConflictError` where the person
   * attests no such field.
   */
  async withdraw(
    of: VersionOf & { paths: string[]; by: string },
  ): Promise<Card> {
    const assembled = await this.assemble(of, { ask: false });
    const { version } = assembled;
    const at = new Date().toISOString();
    const paths = [...new Set(of.paths)];
    const kept = await this.options.attestations.of(subjectOf(version));
    for (const path of paths) {
      const last = kept.find(one => one.path === path && one.by === of.by);
      if (!last || last.stated === WITHDRAWN) {
        throw new ConflictError(
          `You attest nothing in the field "${path.slice(
            0,
            100,
          )}" of the card of ${of.name} version ${
            of.version
          }. Nothing was withdrawn.`,
        );
      }
    }
    await this.options.attestations.add(
      subjectOf(version),
      paths.map(path => ({ path, stated: WITHDRAWN, by: of.by, at })),
      {
        also: trx =>
          this.options.audit.append(trx, [
            {
              actor: of.by,
              action: 'card.attestation-withdrawn',
              source: version.source,
              name: version.name,
              version: version.version,
              at,
              detail: { fields: paths },
            },
          ]),
      },
    );
    return this.told(assembled);
  }

  /** @throws `NotFoundError` where there is no such version that the caller may see. */
  async export(wanted: VersionOf, format: CardFormat): Promise<ExportedCard> {
    const { version, card } = await this.assemble(wanted, { ask: true });
    const { body, lost } = exportedBody(card);
    // A component is found by its name, whatever the card calls it.
    const isRenamed =
      format === 'cyclonedx' && (body.name ?? version.name) !== version.name;
    const base = `${version.name}-${version.version}`
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .slice(0, 100);
    const { write, mediaType, ending } = EXPORTS[format];
    const exported = isRenamed ? { ...body, name: version.name } : body;
    const { text, notHeld } = write(exported, {
      name: version.name,
      version: version.version,
      ownerNames: await this.options.owners.of(body.owners ?? []),
      remarks: contradictionTexts(card.contradictions),
    });
    return {
      text,
      notHeld: [...notHeld, ...lost, ...(isRenamed ? ['name'] : [])],
      mediaType,
      fileName: `${base}.${ending}`,
    };
  }

  /** What is another one whenever anything was attested of a version's card; cheap to ask. */
  async attestationState(
    of: Pick<VersionOf, 'source' | 'name' | 'version'>,
  ): Promise<number> {
    return this.options.attestations.stateOf(of);
  }

  /**
   * Judges the card that readers of a model meet first anew, see `cardVersion`, and keeps how complete it is where lists
   * show it. To be called when what it depends on has changed: its documents, the version, what is in production, the
   * model, or the model's risk tier.
   */
  async refresh(id: { source: string; name: string }): Promise<void> {
    const { models, standings } = this.options;
    const of = cardVersion(await models.get(id.source, id.name, undefined));
    if (of === null) {
      await standings.putCardCompleteness(id, null);
      return;
    }
    const assembled = await this.assemble(
      { ...id, version: of.version, visibility: undefined },
      { ask: false },
    );
    await standings.putCardCompleteness(
      id,
      assembled.card.isWritten ? this.completeness(assembled).score : null,
    );
  }

  /** Tells others that attestations changed, and gives the card with them. */
  private async told(assembled: Assembled): Promise<Card> {
    const { version, card } = assembled;
    await this.options.onAttested({
      source: version.source,
      name: version.name,
    });
    return this.toCard({
      ...assembled,
      ...(await this.attested(version, card)),
    });
  }

  private toCard(assembled: Assembled): Card {
    const { card, attestations, lapsed } = assembled;
    return {
      fields: card.fields,
      attestations,
      lapsed,
      claims: card.claims,
      revision: revisionOf(card),
      completeness: this.completeness(assembled),
      contradictions: card.contradictions,
    };
  }

  private completeness({ model, version, card, attestations }: Assembled) {
    return cardCompleteness(
      this.options.templates[model.riskTier],
      model.riskTier,
      { ...card, attestations, versionCreatedAt: version.createdAt },
    );
  }

  private async attested(
    version: Version,
    card: AssembledCard,
  ): Promise<Pick<Assembled, 'attestations' | 'lapsed'>> {
    const kept = await this.options.attestations.of(subjectOf(version));
    return {
      attestations: attestationsOf(card, kept),
      lapsed: lapsedOf(card, kept),
    };
  }

  private async assemble(
    of: VersionOf,
    options: { ask: boolean },
  ): Promise<Assembled> {
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
    const card = assembleCard(model, version, {
      documents: found,
      lineage: graph,
    });
    return {
      model,
      version,
      card,
      ...(await this.attested(version, card)),
    };
  }
}

function subjectOf(version: Version): EvidenceSubject {
  const { source, name, createdAt } = version;
  return { source, name, version: version.version, createdAt };
}
