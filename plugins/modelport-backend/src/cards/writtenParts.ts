import {
  CardBody,
  cardBody,
  CardProvenance,
  Model,
  readRegistryCard,
  Version,
} from '@modelport/plugin-modelport-common';
import { CardDocument } from './CardDocuments';

/** One source of what people wrote of a version, with where it comes from. */
export interface WrittenPart {
  body: CardBody;
  provenance: CardProvenance;
}

/**
 * Everything written of a version, what counts most first: documents, the newest before older ones, then what the
 * registry holds of the version, then of the model. A document that is no card counts for nothing.
 */
export function writtenParts(
  model: Model,
  version: Version,
  documents: CardDocument[],
): WrittenPart[] {
  const fromDocuments = documents
    .filter(({ kind }) => kind === 'card')
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .flatMap(({ body, digest, by, saidAt, file }): WrittenPart[] => {
      const card = cardBody.safeParse(body);
      return card.success
        ? [
            {
              body: card.data,
              provenance: {
                from: 'written',
                evidence: digest,
                kind: 'card',
                by,
                at: saidAt,
                ...(file && { file: { ...file, versionBy: version.author } }),
              },
            },
          ]
        : [];
    });
  const inRegistry = (
    registry: Pick<Version, 'description' | 'tags'>,
    by: string | null,
    at: string | null,
  ): WrittenPart => ({
    body: readRegistryCard(registry).body,
    provenance: { from: 'written', evidence: null, by, at },
  });
  return [
    ...fromDocuments,
    inRegistry(version, version.author, version.updatedAt ?? version.createdAt),
    inRegistry(model, null, model.updatedAt),
  ];
}
