import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RollbackAlert } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { Age } from '../components/Age';
import { LongText } from '../components/LongText';
import { promotionTranslationRef } from './messages';

const SHOWN = 5;

/** What is wrong with a version and nobody has closed. */
export function RollbackAlerts(props: {
  version: string;
  alerts: RollbackAlert[];
  /** Whether the version is live now, so that the alerts may be why one goes back. */
  isLive?: boolean;
}) {
  const { version, alerts, isLive } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const of = isLive ? 'live' : 'target';
  const more = alerts.length - SHOWN;
  return (
    <Box sx={{ typography: 'body2' }}>
      {alerts.length === 0
        ? t(`rollback.alerts.none.${of}`, { version })
        : t(`rollback.alerts.some.${of}`, { version })}
      {alerts.length > 0 && (
        <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
          {alerts.slice(0, SHOWN).map(({ id, severity, openedAt, text }) => (
            <li key={id}>
              {t(`rollback.severity.${severity}`)}
              {', '}
              <Age time={openedAt} />: <LongText text={text} limit={160} />
            </li>
          ))}
          {more > 0 && (
            <li>{t('rollback.alerts.more', { number: String(more) })}</li>
          )}
        </Box>
      )}
    </Box>
  );
}
