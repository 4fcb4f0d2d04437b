import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  modelportEvidenceManageTokensPermission,
  modelResourceRef,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { CodeLine } from '../components/CodeLine';
import { FailedState } from '../components/FailedState';
import { Pager } from '../components/Pager';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { WhoMay } from '../components/WhoMay';
import { evidenceTranslationRef } from './messages';
import { EvidenceTable } from './EvidenceTable';
import { pushLine } from './pushLine';
import { PushTokensDialog } from './PushTokensDialog';

const PAGE_SIZE = 100;
/** Where the list goes on, in the address. */
const CURSOR = 'evidence';

/** Every document known about a version, with where it comes from and its bytes; and the tokens to push more. */
export function EvidenceSection(props: { id: ModelId; version: string }) {
  const { id, version } = props;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const api = useApi(modelportApiRef);
  const baseUrl = useApi(configApiRef).getString('backend.baseUrl');
  const [params, setParams] = useSearchParams();
  const cursor = params.get(CURSOR) ?? undefined;
  // Pages that were left by going on, the first one as undefined.
  const [before, setBefore] = useState<Array<string | undefined>>([]);
  const { value, error, loading, retry } = useLoad(
    JSON.stringify([id, version, cursor]),
    () => api.listEvidence(id, version, { limit: PAGE_SIZE, cursor }),
    { keepPrevious: true },
  );
  const toPage = (next: string | undefined) =>
    setParams(known => {
      const changed = new URLSearchParams(known);
      changed.delete(CURSOR);
      if (next !== undefined) {
        changed.set(CURSOR, next);
      }
      return changed;
    });
  const next = value?.nextCursor ?? undefined;
  const { allowed, loading: asking } = usePermission({
    permission: modelportEvidenceManageTokensPermission,
    resourceRef: modelResourceRef(id),
  });
  const [managing, setManaging] = useState(false);
  return (
    <Section
      title={t('title')}
      actions={
        allowed && (
          <Button size="small" onClick={() => setManaging(true)}>
            {t('tokens.button')}
          </Button>
        )
      }
    >
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && <TableSkeleton rows={2} rowHeight={36} />}
      {value?.problems.map(({ path, message }) => (
        <Alert key={path} severity="warning" sx={{ mb: 1 }}>
          {t('problem', { path, message })}
        </Alert>
      ))}
      {value?.totalItems === 0 && (
        <>
          <Nothing>{t(value.lookedThrough ? 'empty' : 'emptyUnread')}</Nothing>
          <CodeLine code={pushLine(baseUrl, id, version)} />
        </>
      )}
      {value && value.items.length > 0 && (
        <EvidenceTable version={version} items={value.items} busy={loading} />
      )}
      {value && (next !== undefined || cursor !== undefined) && (
        <Pager
          labels={{
            first: t('pages.first'),
            previous: t('pages.previous'),
            next: t('pages.next'),
          }}
          toFirst={
            cursor === undefined
              ? undefined
              : () => {
                  setBefore([]);
                  toPage(undefined);
                }
          }
          toPrevious={
            before.length === 0
              ? undefined
              : () => {
                  setBefore(before.slice(0, -1));
                  toPage(before.at(-1));
                }
          }
          toNext={
            next === undefined
              ? undefined
              : () => {
                  setBefore([...before, cursor]);
                  toPage(next);
                }
          }
        >
          <span aria-live="polite">
            {t('pages.total', { count: value.totalItems })}
          </span>
        </Pager>
      )}
      {!allowed && !asking && (
        <WhoMay
          what={t('tokens.mayNot')}
          permission={modelportEvidenceManageTokensPermission}
          groups="adminGroups"
          orOwner
        />
      )}
      {managing && (
        <PushTokensDialog id={id} onClose={() => setManaging(false)} />
      )}
    </Section>
  );
}
