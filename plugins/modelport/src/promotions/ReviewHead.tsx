import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Promotion } from '@modelport/plugin-modelport-common';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { Age, Day } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { FactList } from '../components/FactList';
import { messageOf } from '../components/FailedState';
import { PageTitle } from '../components/Page';
import { LongText } from '../components/LongText';
import { saveFile } from '../components/saveFile';
import { CopyLink } from './CopyLink';
import { promotionTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { PromotionStateText } from './PromotionStateText';
import { useTookText } from './useTookText';
import { TicketText } from './TicketText';
import { PromotionControl } from './usePromotion';
import { WithdrawDialog } from './WithdrawDialog';

/** What is asked for, by whom and why; and what can be done with the whole of it. */
export function ReviewHead(props: {
  promotion: Promotion;
  entityRef: string | undefined;
  control: PromotionControl;
}) {
  const { promotion, entityRef, control } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const api = useApi(modelportApiRef);
  const [failure, setFailure] = useState<string>();
  const [withdrawing, setWithdrawing] = useState(false);
  const { id, name, version, environment, kind, riskTier, actions } = promotion;
  const savePack = async () => {
    setFailure(undefined);
    try {
      saveFile(await api.readEvidencePack(id), `promotion-${id}.tar.gz`);
    } catch (error) {
      setFailure(error instanceof Error ? messageOf(error) : String(error));
    }
  };
  const took = useTookText(promotion);
  const title = t(`review.title.${kind}`, { name, version, environment });
  return (
    <Card variant="outlined">
      <PageTitle title={title} />
      <CardContent sx={{ '&:last-child': { pb: 2 } }}>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            gap: 1.5,
            mb: 1.5,
          }}
        >
          <Typography
            variant="h5"
            component="h1"
            sx={{ mb: 0, overflowWrap: 'anywhere', flexGrow: 1 }}
          >
            {title}
          </Typography>
          <Typography sx={{ fontWeight: 'bold' }} component="div" role="status">
            <PromotionStateText promotion={promotion} />
          </Typography>
        </Box>
        <FactList
          facts={[
            {
              name: t('review.model'),
              value: entityRef ? (
                <EntityRefLink entityRef={entityRef} hideIcon disableTooltip>
                  {name}
                </EntityRefLink>
              ) : (
                name
              ),
            },
            {
              name: t('review.requestedBy'),
              value: (
                <>
                  <EntityText text={promotion.requestedBy} defaultKind="user" />
                  {', '}
                  <Age time={promotion.requestedAt} />
                </>
              ),
            },
            {
              name: t('review.replaces'),
              value:
                promotion.fromVersion === null
                  ? t('review.replacesNothing')
                  : t('review.version', {
                      version: promotion.fromVersion,
                    }),
            },
            ...(promotion.copy
              ? [
                  {
                    name: t('copy.title'),
                    value: <CopyLink copy={promotion.copy} />,
                  },
                ]
              : []),
            {
              name: t('review.riskTier'),
              value: promotion.riskTierConfirmed
                ? tComponent(`risk.${riskTier}`)
                : tComponent('risk.unconfirmed', {
                    tier: tComponent(`risk.${riskTier}`),
                  }),
            },
            ...(promotion.ticket || promotion.changeTicket
              ? [
                  {
                    name: t('review.ticket'),
                    value: <TicketText promotion={promotion} />,
                  },
                ]
              : []),
            ...(took ? [{ name: t('review.took'), value: took }] : []),
            ...(promotion.expiresAt && promotion.state !== 'expired'
              ? [
                  {
                    name: t('review.expires'),
                    value: <Day time={promotion.expiresAt} />,
                  },
                ]
              : []),
          ]}
        />
        <Box sx={{ mt: 1.5, typography: 'body2' }}>
          <Typography variant="caption" color="text.secondary" component="div">
            {t('review.reason')}
          </Typography>
          <LongText text={promotion.reason} limit={600} />
        </Box>
        {promotion.policy.changed && (
          <Alert severity="info" sx={{ mt: 1.5 }}>
            {t('review.policyChanged')}
          </Alert>
        )}
        {promotion.findings.map(({ kind: finding, text, since }) => (
          <Alert key={`${finding} ${text}`} severity="warning" sx={{ mt: 1.5 }}>
            {t(`findings.${finding}`, {
              text,
              since: <Age time={since} />,
            })}
          </Alert>
        ))}
        {failure && (
          <Alert severity="error" role="alert" sx={{ mt: 1.5 }}>
            {t('review.packFailed', { message: failure })}
          </Alert>
        )}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
          <Button size="small" startIcon={<DownloadIcon />} onClick={savePack}>
            {t('review.pack')}
          </Button>
          {actions?.withdraw.allowed && (
            <Button
              size="small"
              color="warning"
              disabled={control.busy}
              onClick={() => setWithdrawing(true)}
            >
              {t('review.withdraw')}
            </Button>
          )}
        </Box>
        {withdrawing && (
          <WithdrawDialog
            busy={control.busy}
            error={control.refusal?.message}
            onClose={() => setWithdrawing(false)}
            onWithdraw={async () => {
              if (await control.act(() => api.withdrawPromotion(id))) {
                setWithdrawing(false);
              }
            }}
          />
        )}
      </CardContent>
    </Card>
  );
}
