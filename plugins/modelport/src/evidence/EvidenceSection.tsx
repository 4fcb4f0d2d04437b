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
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { CodeLine } from '../components/CodeLine';
import { FailedState } from '../components/FailedState';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { evidenceTranslationRef } from './messages';
import { EvidenceTable } from './EvidenceTable';
import { pushLine } from './pushLine';
import { PushTokensDialog } from './PushTokensDialog';

const SHOWN = 100;

/** Every document known about a version, with where it comes from and its bytes; and the tokens to push more. */
export function EvidenceSection(props: { id: ModelId; version: string }) {
  const { id, version } = props;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const api = useApi(modelportApiRef);
  const baseUrl = useApi(configApiRef).getString('backend.baseUrl');
  const { value, error, retry } = useLoad(JSON.stringify([id, version]), () =>
    api.listEvidence(id, version, { limit: SHOWN }),
  );
  const { allowed } = usePermission({
    permission: modelportEvidenceManageTokensPermission,
    resourceRef: modelResourceRef(id),
  });
  const [managing, setManaging] = useState(false);
  const hidden = value ? value.totalItems - value.items.length : 0;
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
      {error && <FailedState error={error} retry={retry} />}
      {!value && !error && <TableSkeleton rows={2} rowHeight={36} />}
      {value?.problems.map(({ path, message }) => (
        <Alert key={path} severity="warning" sx={{ mb: 1 }}>
          {t('problem', { path, message })}
        </Alert>
      ))}
      {value?.items.length === 0 && (
        <>
          <Nothing>{t('empty')}</Nothing>
          <CodeLine code={pushLine(baseUrl, id, version)} />
        </>
      )}
      {value && value.items.length > 0 && (
        <EvidenceTable version={version} items={value.items} />
      )}
      {hidden > 0 && <Nothing>{t('more', { count: hidden })}</Nothing>}
      {managing && (
        <PushTokensDialog id={id} onClose={() => setManaging(false)} />
      )}
    </Section>
  );
}
