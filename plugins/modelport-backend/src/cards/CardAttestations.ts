import { Knex } from 'knex';
import { EvidenceSubject, keyOf } from '../evidence/documentRow';

/** What a person says who takes back what they attested of a field before; no field ever says so. */
export const WITHDRAWN = 'withdrawn';

/** What a person said of a field of a card. */
export interface KeptAttestation {
  path: string;
  /** What the field said then, as `statementOf` has it, or that the person took back what they said before. */
  stated: string;
  /** Entity ref of the person. */
  by: string;
  /** ISO 8601. */
  at: string;
}

/** Who said in the portal that fields of cards are right, and who took it back. What is there never changes; the newest counts. */
export class CardAttestations {
  constructor(private readonly knex: Knex) {}

  /** Of one version, the newest first. */
  async of(version: EvidenceSubject): Promise<KeptAttestation[]> {
    return this.knex('cards_attestations')
      .where(keyOf(version))
      .orderBy('id', 'desc')
      .select<KeptAttestation[]>('path', 'stated', 'by', 'at');
  }

  /** What is another one whenever anything was attested of a version; cheap to ask. */
  async stateOf(
    version: Pick<EvidenceSubject, 'source' | 'name' | 'version'>,
  ): Promise<number> {
    const { source, name } = version;
    const newest = await this.knex('cards_attestations')
      .where({ source, name, version: version.version })
      .max({ id: 'id' })
      .first<{ id: number | null }>();
    return newest.id ?? 0;
  }

  /** @param options - `also` writes more in the same transaction. */
  async add(
    version: EvidenceSubject,
    attestations: KeptAttestation[],
    options: { also: (trx: Knex.Transaction) => Promise<void> },
  ): Promise<void> {
    await this.knex.transaction(async trx => {
      await trx('cards_attestations').insert(
        attestations.map(attestation => ({
          ...keyOf(version),
          ...attestation,
        })),
      );
      await options.also(trx);
    });
  }
}
