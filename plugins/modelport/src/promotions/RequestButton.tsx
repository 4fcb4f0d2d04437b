import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import { lazy, Suspense, useState } from 'react';
import { ModelId } from '../api/modelportApi';
import { promotionTranslationRef } from './messages';

const RequestDialog = lazy(() =>
  import('./RequestDialog').then(m => ({ default: m.RequestDialog })),
);

/** Opens the request for a version in an environment. */
export function RequestButton(props: { id: ModelId; version: string }) {
  const { t } = useTranslationRef(promotionTranslationRef);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" variant="contained" onClick={() => setOpen(true)}>
        {t('request.button')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <RequestDialog {...props} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
