import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { UnplacedEvidence } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { monitoringTranslationRef } from './messages';

const MOST = 5;

/** Names documents that say nothing of their time and so stand in no chart. */
export function UnplacedNotice(props: { unplaced: UnplacedEvidence[] }) {
  const { unplaced } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  if (unplaced.length === 0) {
    return null;
  }
  return (
    <Alert severity="info" sx={{ overflowWrap: 'anywhere' }}>
      <AlertTitle>{t('unplaced.title')}</AlertTitle>
      {unplaced.slice(0, MOST).map(({ kind, digest, reason }) => (
        <div key={digest}>
          {t('unplaced.text', {
            kind,
            digest: digest.slice(0, 12),
            reason,
          })}
        </div>
      ))}
    </Alert>
  );
}
