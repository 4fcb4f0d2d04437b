import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Promotion } from '@modelport/plugin-modelport-common';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { promotionTranslationRef } from './messages';
import { AuditTable } from './AuditTable';
import { VerifyChain } from './VerifyChain';

const SHOWN = 100;

/** The entries of the audit chain about one promotion. */
export function AuditSection(props: { promotion: Promotion }) {
  const { id, revision, comments } = props.promotion;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, loading, retry } = useLoad(
    // A comment is no new revision.
    JSON.stringify([id, revision, comments?.length]),
    () => api.listAudit({ promotion: id, limit: SHOWN }),
    { keepPrevious: true },
  );
  return (
    <Section title={t('audit.title')}>
      <VerifyChain />
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && <TableSkeleton rows={3} rowHeight={40} />}
      {value?.items.length === 0 && <Nothing>{t('audit.empty')}</Nothing>}
      {value && value.items.length > 0 && (
        <AuditTable entries={value.items} busy={loading} ofOnePromotion />
      )}
    </Section>
  );
}
