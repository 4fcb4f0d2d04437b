import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Promotion,
  PromotionDecisionKind,
  PromotionDecisionRequest,
} from '@modelport/plugin-modelport-common';
import AddIcon from '@mui/icons-material/Add';
import RemoveIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { promotionTranslationRef } from './messages';
import { endOfDay } from './endOfDay';
import { FormDialog } from './FormDialog';
import { OwnerField } from './OwnerField';
import { LastOneNote } from './ReachNote';
import { ReasonField } from './ReasonField';

const MOST_CONDITIONS = 50;

interface DraftCondition {
  text: string;
  owner: string;
  due: string;
}

/** Asks why, and with an approval on which conditions. */
export function DecisionDialog(props: {
  promotion: Promotion;
  decision: PromotionDecisionKind;
  busy: boolean;
  error?: string;
  onClose: () => void;
  onDecide: (
    request: Pick<PromotionDecisionRequest, 'comment' | 'conditions'>,
  ) => void;
}) {
  const { promotion, decision, busy, error, onClose, onDecide } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const [comment, setComment] = useState('');
  const [conditions, setConditions] = useState<DraftCondition[]>([]);
  const complete = conditions.flatMap(({ text, owner, due }) => {
    const end = endOfDay(due);
    return text.trim() && owner.trim() && end
      ? [{ text: text.trim(), owner: owner.trim(), due: end }]
      : [];
  });
  const isComplete =
    complete.length === conditions.length &&
    (decision !== 'refuse' || comment.trim() !== '');
  const change = (place: number, part: Partial<DraftCondition>) =>
    setConditions(before =>
      before.map((condition, at) =>
        at === place ? { ...condition, ...part } : condition,
      ),
    );
  return (
    <FormDialog
      title={t(`decision.titles.${decision}`, {
        name: promotion.name,
        version: promotion.version,
        environment: promotion.environment,
      })}
      text={t(`decision.texts.${decision}`)}
      send={t(`decision.${decision}`)}
      colour={decision === 'refuse' ? 'error' : 'primary'}
      disabled={busy || !isComplete}
      error={error}
      wide
      onClose={onClose}
      onSend={() =>
        onDecide({
          comment: comment.trim() || null,
          ...(complete.length > 0 && { conditions: complete }),
        })
      }
    >
      {decision === 'recuse' && <LastOneNote reach={promotion.reach} />}
      <ReasonField
        label={t('decision.comment')}
        value={comment}
        onChange={setComment}
        required={decision === 'refuse'}
      />
      {conditions.map((condition, place) => (
        <Box
          key={place}
          role="group"
          aria-label={t('decision.condition', {
            number: String(place + 1),
          })}
          sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1 }}
        >
          <TextField
            size="small"
            label={t('decision.conditionText')}
            value={condition.text}
            onChange={event => change(place, { text: event.target.value })}
            required
            sx={{ flex: '3 1 220px' }}
            inputProps={{ maxLength: 2000 }}
          />
          <OwnerField
            label={t('decision.conditionOwner')}
            value={condition.owner}
            onChange={owner => change(place, { owner })}
          />
          <TextField
            size="small"
            type="date"
            label={t('decision.conditionDue')}
            value={condition.due}
            onChange={event => change(place, { due: event.target.value })}
            required
            InputLabelProps={{ shrink: true }}
          />
          <IconButton
            aria-label={t('decision.removeCondition', {
              number: String(place + 1),
            })}
            onClick={() =>
              setConditions(before => before.filter((_one, at) => at !== place))
            }
          >
            <RemoveIcon />
          </IconButton>
        </Box>
      ))}
      {decision === 'approve' && conditions.length < MOST_CONDITIONS && (
        <Button
          size="small"
          startIcon={<AddIcon />}
          sx={{ mt: 1 }}
          onClick={() =>
            setConditions(before => [
              ...before,
              { text: '', owner: promotion.requestedBy, due: '' },
            ])
          }
        >
          {t('decision.addCondition')}
        </Button>
      )}
    </FormDialog>
  );
}
