import { ModelMissing } from '../models/ModelMissing';
import { TableSkeleton } from '../components/TableSkeleton';
import { useModelIdOfEntity, useNamedModel } from '../models/useModelOfEntity';
import { PromotionsOfModel } from './PromotionsOfModel';

/** The tab "Promotions" of a model's entity. */
export function PromotionsContent() {
  const named = useNamedModel();
  const { value: id, error, retry } = useModelIdOfEntity();
  if (id) {
    return <PromotionsOfModel id={id} />;
  }
  return error ? (
    <ModelMissing error={error} retry={retry} name={named?.name ?? ''} />
  ) : (
    <TableSkeleton rows={6} />
  );
}
