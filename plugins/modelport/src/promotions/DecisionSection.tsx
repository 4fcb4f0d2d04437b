import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Promotion,
  PromotionDecision,
  PromotionDecisionKind,
} from '@modelport/plugin-modelport-common';
import ApprovedIcon from '@mui/icons-material/ThumbUpOutlined';
import RecusedIcon from '@mui/icons-material/DoNotTouchOutlined';
import RefusedIcon from '@mui/icons-material/Block';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { Age } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { LongText } from '../components/LongText';
import { QuietLine } from '../components/Quiet';
import { Section } from '../components/Section';
import { promotionTranslationRef } from './messages';
import { DecisionButtons } from './DecisionButtons';
import { DecisionDialog } from './DecisionDialog';
import { OPEN_STATES } from './inboxView';
import { QuorumRules } from './QuorumRules';
import { ReachNote } from './ReachNote';
import { Refs } from './Refs';
import { PromotionControl } from './usePromotion';

const ICONS = {
  approve: ApprovedIcon,
  refuse: RefusedIcon,
  recuse: RecusedIcon,
};

/** Who has decided, who still must, who may not, and the reader's own say. */
export function DecisionSection(props: {
  promotion: Promotion;
  control: PromotionControl;
}) {
  const { promotion, control } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const [deciding, setDeciding] = useState<PromotionDecisionKind>();
  const { quorum, decisions, excluded, state } = promotion;
  const isOpen = OPEN_STATES.includes(state);
  // Where one decision is enough to go back, it is that of who asks: their own work keeps nobody else out.
  const isAlone =
    promotion.kind === 'rollback' &&
    decisions.some(
      ({ by, decision, notCounted }) =>
        by === promotion.requestedBy &&
        decision === 'approve' &&
        notCounted === null,
    );
  const inTheWay = (promotion.now?.gates ?? promotion.gates).filter(
    gate => gate.outcome !== 'pass' && gate.blocking && !gate.waiver,
  );
  const others = isAlone
    ? excluded.filter(({ why }) => why !== 'requester')
    : excluded;
  return (
    <Section title={t('decision.title')}>
      <Typography sx={{ fontWeight: 'bold' }}>
        {quorum.required === 0
          ? t('decision.automatic')
          : t('decision.quorum', {
              given: String(quorum.given),
              required: String(quorum.required),
            })}
      </Typography>
      {isAlone && <QuietLine>{t('decision.alone')}</QuietLine>}
      <QuorumRules quorum={quorum} />
      {isOpen &&
        quorum.required > 0 &&
        quorum.given >= quorum.required &&
        inTheWay.length > 0 && (
          <Alert severity="warning" sx={{ mt: 1 }}>
            {t('decision.held', {
              count: inTheWay.length,
              gates: inTheWay.map(({ title }) => title).join('; '),
            })}
          </Alert>
        )}
      {isOpen && quorum.waitingFor.length > 0 && (
        <Typography variant="body2" component="div" sx={{ mt: 1 }}>
          {t('decision.waitingFor', {
            who: <Refs refs={quorum.waitingFor} defaultKind="user" />,
          })}
        </Typography>
      )}
      <ReachNote reach={promotion.reach} />
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0, mt: 1 }}>
        {decisions.map(decision => (
          <Decision key={`${decision.by} ${decision.at}`} decision={decision} />
        ))}
      </Box>
      {others.length > 0 && (
        <QuietLine style={{ marginTop: 8 }}>
          {t('decision.excluded')}{' '}
          {others.map(({ entityRef, why }, place) => (
            <span key={`${entityRef} ${why}`}>
              {place > 0 && ', '}
              <EntityText text={entityRef} defaultKind="user" /> (
              {t(`decision.why.${why}`)})
            </span>
          ))}
        </QuietLine>
      )}
      {isOpen && promotion.actions && (
        <DecisionButtons
          promotion={promotion}
          actions={promotion.actions}
          isNew={control.isNew}
          busy={control.busy}
          onDecide={setDeciding}
        />
      )}
      {deciding && (
        <DecisionDialog
          promotion={promotion}
          decision={deciding}
          busy={control.busy}
          error={control.refusal?.message}
          onClose={() => setDeciding(undefined)}
          onDecide={async request => {
            const isDone = await control.act(() =>
              api.decidePromotion(promotion.id, {
                ...request,
                decision: deciding,
                revision: control.looked?.revision ?? promotion.revision,
              }),
            );
            if (isDone) {
              setDeciding(undefined);
            }
          }}
        />
      )}
    </Section>
  );
}

function Decision(props: { decision: PromotionDecision }) {
  const { by, decision, comment, at, groups, changedSince, notCounted } =
    props.decision;
  const { t } = useTranslationRef(promotionTranslationRef);
  const Icon = ICONS[decision];
  return (
    <Box component="li" sx={{ py: 0.75, typography: 'body2' }}>
      <Icon
        aria-hidden
        sx={{
          fontSize: 16,
          mr: 0.75,
          verticalAlign: 'text-bottom',
          color:
            decision === 'approve' && !notCounted
              ? 'success.main'
              : 'text.secondary',
        }}
      />
      {t(`changed.decision.${decision}`, {
        by: <EntityText text={by} defaultKind="user" />,
      })}
      {', '}
      <Age time={at} />
      {groups.length > 0 && (
        <QuietLine>
          {t('decision.of', {
            groups: <Refs refs={groups} defaultKind="group" />,
          })}
        </QuietLine>
      )}
      {comment && (
        <Box sx={{ mt: 0.25 }}>
          <LongText text={comment} limit={400} />
        </Box>
      )}
      {notCounted && (
        <Typography variant="body2" sx={{ mt: 0.25, fontWeight: 'bold' }}>
          {t(`decision.notCounted.${notCounted}`)}
        </Typography>
      )}
      {changedSince && notCounted !== 'changed' && (
        <QuietLine>{t('decision.changedSince')}</QuietLine>
      )}
    </Box>
  );
}
