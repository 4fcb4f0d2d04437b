import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Promotion,
  PromotionActions,
  PromotionDecisionKind,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { promotionTranslationRef } from './messages';

const DECISIONS = ['approve', 'refuse', 'recuse'] as const;

/**
 * What the reader may decide; what they may not is explained in words. Where the evidence has changed since the request,
 * approving needs a look at it.
 */
export function DecisionButtons(props: {
  promotion: Promotion;
  actions: PromotionActions;
  /** Whether it has changed since the reader looked. */
  isNew: boolean;
  busy: boolean;
  onDecide: (decision: PromotionDecisionKind) => void;
}) {
  const { promotion, actions, isNew, busy, onDecide } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const whyId = useId();
  const [lookedAt, setLookedAt] = useState<number>();
  const needsLook =
    promotion.evidenceChanged && lookedAt !== promotion.revision;
  const isStill = (decision: PromotionDecisionKind) =>
    busy || isNew || (decision === 'approve' && needsLook);
  const reasons = [
    ...new Set(
      DECISIONS.flatMap(decision =>
        actions[decision].allowed ? [] : actions[decision].reason ?? [],
      ),
    ),
  ];
  return (
    <Box sx={{ mt: 1.5 }}>
      {promotion.evidenceChanged && actions.approve.allowed && (
        <FormControlLabel
          control={
            <Checkbox
              size="small"
              checked={!needsLook}
              onChange={(_event, checked) =>
                setLookedAt(checked ? promotion.revision : undefined)
              }
            />
          }
          label={t('decision.haveLooked')}
          slotProps={{ typography: { variant: 'body2' } }}
          sx={{ mb: 1 }}
        />
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {DECISIONS.filter(decision => actions[decision].allowed).map(
          decision => (
            <Button
              key={decision}
              size="small"
              variant={decision === 'approve' ? 'contained' : 'outlined'}
              color={decision === 'refuse' ? 'error' : 'primary'}
              disabled={isStill(decision)}
              onClick={() => onDecide(decision)}
            >
              {t(`decision.${decision}`)}
            </Button>
          ),
        )}
      </Box>
      {reasons.length > 0 && !actions.approve.allowed && (
        <Box id={whyId} role="note">
          <Typography variant="body2" sx={{ fontWeight: 'bold', mt: 1 }}>
            {t('decision.cannotApprove')}
          </Typography>
          {reasons.map(reason => (
            <Typography key={reason} variant="body2">
              {reason}
            </Typography>
          ))}
        </Box>
      )}
    </Box>
  );
}
