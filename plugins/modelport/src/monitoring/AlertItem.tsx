import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Alert,
  AlertFinding,
  modelportAlertsAcknowledgePermission,
  modelResourceRef,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Age } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { ExternalLink } from '../components/ExternalLink';
import { LinkButton } from '../components/LinkButton';
import { monitoringTranslationRef } from './messages';
import { AcknowledgedFor } from './AcknowledgedFor';
import { AlertDialog } from './AlertDialog';

const SEVERITY_COLOURS = {
  low: 'default',
  medium: 'warning',
  high: 'error',
} as const;
const MOST_FINDINGS = 5;

/** The worst finding of each feature before further ones of the same, so that the list tells what moved. */
function eachFeatureFirst(findings: AlertFinding[]): AlertFinding[] {
  const isFirst = ({ feature }: AlertFinding, place: number) =>
    feature === null ||
    findings.findIndex(one => one.feature === feature) === place;
  return [
    ...findings.filter(isFirst),
    ...findings.filter((one, place) => !isFirst(one, place)),
  ];
}

/** One alert: what is wrong, who took it on, what it started, and its history. */
export function AlertItem(props: { alert: Alert; onChanged: () => void }) {
  const { alert, onChanged } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const entityPath = useEntityRefLink()(alert.entityRef);
  const { allowed } = usePermission({
    permission: modelportAlertsAcknowledgePermission,
    resourceRef: modelResourceRef(alert),
  });
  const [dialog, setDialog] = useState<'acknowledge' | 'close'>();
  const [withHistory, setWithHistory] = useState(false);
  const { acknowledged, closed, findings } = alert;
  return (
    <Box component="article" sx={{ typography: 'body2', minWidth: 0 }}>
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
      >
        <Chip
          size="small"
          color={SEVERITY_COLOURS[alert.severity]}
          label={t(`alerts.severity.${alert.severity}`)}
          sx={{ m: 0 }}
        />
        <Typography component="h3" variant="subtitle2" sx={{ mb: 0 }}>
          {t('alerts.head', {
            category: t(`alerts.category.${alert.category}`),
            version: alert.version,
          })}
        </Typography>
        <span>
          {t(`alerts.state.${alert.state}`)},{' '}
          <Age time={closed?.at ?? acknowledged?.at ?? alert.openedAt} />
          {alert.state !== 'open' && (
            <>
              {'; '}
              {t('alerts.opened')} <Age time={alert.openedAt} />
            </>
          )}
        </span>
        <Box sx={{ flexGrow: 1 }} />
        {allowed && alert.state === 'open' && (
          <Button size="small" onClick={() => setDialog('acknowledge')}>
            {t('alerts.acknowledge')}
          </Button>
        )}
        {allowed && alert.state !== 'closed' && (
          <Button size="small" onClick={() => setDialog('close')}>
            {t('alerts.close')}
          </Button>
        )}
        <Button
          size="small"
          aria-expanded={withHistory}
          onClick={() => setWithHistory(!withHistory)}
        >
          {withHistory ? t('alerts.hideHistory') : t('alerts.history')}
        </Button>
      </Box>
      <Box component="ul" sx={{ my: 0.5, pl: 2.5 }}>
        {eachFeatureFirst(findings)
          .slice(0, MOST_FINDINGS)
          .map((finding, place) => (
            <li key={place}>
              {finding.text}
              {finding.feature !== null && (
                <LinkButton
                  size="small"
                  sx={{ textTransform: 'none' }}
                  to={`${entityPath}/monitoring?${new URLSearchParams({
                    version: alert.version,
                    feature: finding.feature,
                  })}`}
                >
                  {finding.feature}
                </LinkButton>
              )}
            </li>
          ))}
      </Box>
      {findings.length > MOST_FINDINGS && (
        <div>
          {t('alerts.more', {
            count: findings.length - MOST_FINDINGS,
          })}
        </div>
      )}
      {acknowledged && (
        <div>
          <EntityText text={acknowledged.by} />{' '}
          {t('alerts.tookOn', { reason: acknowledged.reason })}{' '}
          {acknowledged.incident && (
            <ExternalLink
              url={acknowledged.incident}
              title={t('alerts.incident')}
            />
          )}
          <AcknowledgedFor alert={alert} />
        </div>
      )}
      {closed && (
        <div>
          {closed.by === null ? (
            t('alerts.endedItself', { cause: closed.cause })
          ) : (
            <>
              <EntityText text={closed.by} />{' '}
              {t('alerts.closedFor', { cause: closed.cause })}
            </>
          )}{' '}
          {closed.followUp &&
            t('alerts.followUp', { followUp: closed.followUp })}
        </div>
      )}
      {alert.actions.map(action => (
        <div key={action.id}>
          {t('alerts.action', {
            id: action.id,
            type: action.type,
            state: t(`alerts.actionState.${action.state}`),
          })}{' '}
          {action.message}{' '}
          {action.link && (
            <ExternalLink url={action.link} title={t('alerts.run')} />
          )}
        </div>
      ))}
      {withHistory && (
        <Box component="ol" sx={{ my: 0.5, pl: 2.5 }}>
          {alert.history.map((event, place) => (
            <li key={place}>
              <Age time={event.at} />,{' '}
              {event.by === null ? (
                t('alerts.portal')
              ) : (
                <EntityText text={event.by} />
              )}
              : {event.text}
            </li>
          ))}
        </Box>
      )}
      {dialog && (
        <AlertDialog
          alert={alert}
          kind={dialog}
          onEnd={changed => {
            setDialog(undefined);
            if (changed) {
              onChanged();
            }
          }}
        />
      )}
    </Box>
  );
}
