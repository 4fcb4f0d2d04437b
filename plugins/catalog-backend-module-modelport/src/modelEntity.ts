import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  EntityLink,
} from '@backstage/catalog-model';
import {
  ANNOTATION_AI_ASSET_CATEGORY,
  ANNOTATION_NAME,
  ANNOTATION_RISK_TIER,
  ANNOTATION_SOURCE,
  Link,
  Model,
} from '@modelport/plugin-modelport-common';
import { entityTags } from './entityTags';
import { firstParagraph } from './firstParagraph';
import { isSystemRef, relatedRefs } from './relatedRefs';

/** Type of the locations of entities that come from here; nothing hand-written has it. */
export const LOCATION_TYPE = 'modelport';

/** Query of the catalog for entities that come from here. */
export const IS_FROM_HERE = {
  [`metadata.annotations.${ANNOTATION_LOCATION}`]: {
    $hasPrefix: `${LOCATION_TYPE}:`,
  },
};

/** Shown as unknown: the catalog requires an owner, and none is invented. */
export const UNKNOWN_OWNER = 'unknown';

/** Makes the catalog's entity of a model. */
export function modelEntity(options: {
  model: Model;
  name: string;
  namespace: string;
  type: string;
}): Entity {
  const { model, name, namespace, type } = options;
  const location = `${LOCATION_TYPE}:${encodeURIComponent(model.source)}`;
  const description = firstParagraph(model.description);
  const links = model.links.filter(isWebLink).map(toEntityLink);
  const { datasets, consumers } = relatedRefs(model.tags);

  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      namespace,
      title: model.name.trim() || name,
      ...(description && { description }),
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATION_SOURCE]: model.source,
        [ANNOTATION_NAME]: model.name,
        [ANNOTATION_RISK_TIER]: model.riskTier,
        [ANNOTATION_AI_ASSET_CATEGORY]: 'ai-model',
        'rhdh.io/ai-asset-source': model.source,
        ...(model.latestVersion !== null && {
          'rhdh.io/ai-asset-version': model.latestVersion,
        }),
      },
      tags: entityTags(model),
      // Where the key is there the catalog's page advises how to fill it.
      ...(links.length > 0 && { links }),
    },
    spec: {
      type,
      owner: model.owner ?? UNKNOWN_OWNER,
      ...(model.lifecycle?.trim() && { lifecycle: model.lifecycle.trim() }),
      ...(model.system &&
        isSystemRef(model.system) && { system: model.system }),
      ...(datasets.length > 0 && { dependsOn: datasets }),
      ...(consumers.length > 0 && { dependencyOf: consumers }),
    },
  };
}

function isWebLink(link: Link): boolean {
  return /^https?:\/\//i.test(link.url) && URL.canParse(link.url);
}

function toEntityLink({ url, title }: Link): EntityLink {
  return title.trim() ? { url, title: title.trim() } : { url };
}
