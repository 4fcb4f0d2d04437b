import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useMemo, useState } from 'react';
import { ColumnName, COLUMNS, DEFAULT_COLUMNS } from './columns';

const KEY = 'models.columns';

/** The columns that this reader chose, kept by the portal; the name always stays. */
export function useColumns(): {
  columns: readonly ColumnName[];
  setColumns(columns: readonly ColumnName[] | undefined): void;
} {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket('modelport'), [storage]);
  const [stored, setStored] = useState<unknown>(
    () => bucket.snapshot(KEY).value,
  );
  useEffect(() => {
    const subscription = bucket
      .observe$(KEY)
      .subscribe(({ value }) => setStored(value));
    return () => subscription.unsubscribe();
  }, [bucket]);

  const columns = useMemo(
    () =>
      Array.isArray(stored)
        ? COLUMNS.filter(name => name === 'name' || stored.includes(name))
        : DEFAULT_COLUMNS,
    [stored],
  );
  return {
    columns,
    setColumns: next =>
      next ? bucket.set(KEY, [...next]) : bucket.remove(KEY),
  };
}
