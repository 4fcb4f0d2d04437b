import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EnvironmentAt } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { FailedState } from '../components/FailedState';
import { formatShare } from '../components/formatFigure';
import { CopyLink } from './CopyLink';
import { promotionTranslationRef } from './messages';

/** What the registry says is live in an environment now, and beside it what was seen running. */
export function LiveNow(props: {
  id: ModelId;
  environment: string;
  revision: number;
}) {
  const { id, environment, revision } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, retry } = useLoad(
    JSON.stringify([id, environment, revision]),
    () => api.getEnvironments(id, {}),
    { keepPrevious: true },
  );
  const live = value?.items.find(one => one.environment === environment);
  return (
    <Box sx={{ typography: 'body2', mt: 1 }}>
      {error && <FailedState error={error} retry={retry} />}
      {live && (
        <>
          {t('live.registry', {
            means: live.means,
            version: live.version ?? t('live.nothing'),
          })}
          {live.since && (
            <>
              {', '}
              {t('live.since', { time: <Age time={live.since} /> })}
            </>
          )}
          {live.copy && (
            <Box>
              <CopyLink copy={live.copy} />
            </Box>
          )}
          <Observed live={live} />
        </>
      )}
    </Box>
  );
}

/** What was seen running, and a warning where it is another version than the registry says. */
export function Observed(props: { live: EnvironmentAt }) {
  const { live } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const others = live.observed.filter(
    ({ version }) =>
      version !== live.version &&
      !live.shares.some(share => share.version === version),
  );
  if (live.observed.length === 0) {
    return <Box sx={{ color: 'text.secondary' }}>{t('live.notObserved')}</Box>;
  }
  return (
    <>
      {live.observed.map(({ version, share, lastSeen }) => (
        <Box key={version}>
          {t('live.observed', {
            version,
            share: share === null ? '' : ` (${formatShare(share)})`,
          })}
          {lastSeen && (
            <>
              {', '}
              <Age time={lastSeen} />
            </>
          )}
        </Box>
      ))}
      {others.length > 0 && (
        <Alert severity="warning" sx={{ mt: 1 }}>
          {t('live.disagree', {
            seen: others.map(({ version }) => version).join(', '),
            version: live.version ?? t('live.nothing'),
          })}
        </Alert>
      )}
    </>
  );
}
