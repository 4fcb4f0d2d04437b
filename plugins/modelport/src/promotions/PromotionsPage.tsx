import { lazy, Suspense } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { Page } from '../components/Page';
import { TableSkeleton } from '../components/TableSkeleton';
import { InboxPage } from './InboxPage';

const ReviewPage = lazy(() =>
  import('./ReviewPage').then(m => ({ default: m.ReviewPage })),
);
const AuditPage = lazy(() =>
  import('./AuditPage').then(m => ({ default: m.AuditPage })),
);

/** Everything below `/models/promotions`: the inbox, each promotion, and the audit trail. */
export function PromotionsPage() {
  return (
    <Page page="promotions">
      <Suspense fallback={<TableSkeleton rows={8} />}>
        <Routes>
          <Route index element={<InboxPage />} />
          <Route path="audit" element={<AuditPage />} />
          <Route path=":promotion" element={<ReviewOfAddress />} />
        </Routes>
      </Suspense>
    </Page>
  );
}

function ReviewOfAddress() {
  const { promotion = '' } = useParams();
  return <ReviewPage key={promotion} id={promotion} />;
}
