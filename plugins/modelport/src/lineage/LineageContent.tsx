import { TableSkeleton } from '../components/TableSkeleton';
import { ModelMissing } from '../models/ModelMissing';
import { useModelIdOfEntity, useNamedModel } from '../models/useModelOfEntity';
import { LineageView } from './LineageView';

/** The tab "Lineage" of a model's entity. */
export function LineageContent() {
  const named = useNamedModel();
  const { value: id, error, retry } = useModelIdOfEntity();
  if (id) {
    return <LineageView id={id} />;
  }
  return error ? (
    <ModelMissing error={error} retry={retry} name={named?.name ?? ''} />
  ) : (
    <TableSkeleton rows={8} />
  );
}
