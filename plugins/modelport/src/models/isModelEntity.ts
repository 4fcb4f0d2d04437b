import { Entity } from '@backstage/catalog-model';
import {
  MODEL_ENTITY_TYPES,
  modelOfAnnotations,
} from '@modelport/plugin-modelport-common';

/** Whether an entity stands for a model: its kind and type are those of models, and its annotations name one. */
export function isModelEntity(entity: Entity): boolean {
  const kind = entity.kind.toLowerCase();
  const type = String(entity.spec?.type ?? '').toLowerCase();
  const isOfModelType = MODEL_ENTITY_TYPES.some(
    known => known.kind === kind && known.type === type,
  );
  return (
    isOfModelType &&
    modelOfAnnotations(entity.metadata.annotations) !== undefined
  );
}
