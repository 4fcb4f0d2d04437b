import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import { lazy, Suspense, useState } from 'react';
import { ModelId } from '../api/modelportApi';
import { modelportTranslationRef } from '../translation';

const RequestDialog = lazy(() =>
  import('./RequestDialog').then(m => ({ default: m.RequestDialog })),
);

/** Opens the request for a version in an environment. */
export function RequestButton(props: { id: ModelId; version: string }) {
  const { t } = useTranslationRef(modelportTranslationRef);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" variant="contained" onClick={() => setOpen(true)}>
        {t('promotions.request.button')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <RequestDialog {...props} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
