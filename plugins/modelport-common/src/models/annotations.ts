/**
 * Source id of the model that an entity stands for.
 *
 * @public
 */
export const ANNOTATION_SOURCE = 'modelport.io/source';

/**
 * Name of the model in its source.
 *
 * @public
 */
export const ANNOTATION_NAME = 'modelport.io/name';

/**
 * Risk tier that the model counts as, which is high until someone confirmed another; permission policies go by it.
 *
 * @public
 */
export const ANNOTATION_RISK_TIER = 'modelport.io/risk-tier';

/**
 * Annotations of other plugins that name a model too, without its source.
 *
 * @public
 */
export const ALIAS_ANNOTATIONS = {
  mlflowModelUri: 'mlflow.org/model-uri',
  mlflowExperiment: 'mlflow.org/experiment',
  rhdhModelName: 'rhdh.modelcatalog.io/model-name',
} as const;

/**
 * Marks an entity as a model for Red Hat's AI catalog.
 *
 * @public
 */
export const ANNOTATION_AI_ASSET_CATEGORY = 'rhdh.io/ai-asset-category';

/**
 * Kinds and types of catalog entities that get the model's tabs.
 *
 * @public
 */
export const MODEL_ENTITY_TYPES: ReadonlyArray<{ kind: string; type: string }> =
  [
    { kind: 'resource', type: 'ml-model' },
    { kind: 'resource', type: 'ai-model' },
    { kind: 'component', type: 'ml-model' },
    { kind: 'component', type: 'mlflow' },
  ];

/**
 * Finds the model that an entity's annotations name.
 *
 * @returns `source` is null where only a name is given (an annotation of another plugin); undefined where none is.
 * @public
 */
export function modelOfAnnotations(
  annotations: Record<string, string> | undefined,
): { source: string | null; name: string } | undefined {
  const name = annotations?.[ANNOTATION_NAME];
  if (name) {
    return { source: annotations[ANNOTATION_SOURCE] ?? null, name };
  }
  const uri = annotations?.[ALIAS_ANNOTATIONS.mlflowModelUri];
  const uriName = uri?.match(/^models:\/+([^/@]+)(?:[/@].*)?$/)?.[1];
  if (uriName) {
    return { source: null, name: decodeURIComponentSafely(uriName) };
  }
  const rhdhName = annotations?.[ALIAS_ANNOTATIONS.rhdhModelName];
  return rhdhName ? { source: null, name: rhdhName } : undefined;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
