import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Promotion,
  PromotionCondition,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { Age, Day } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { LongText } from '../components/LongText';
import { QuietLine } from '../components/Quiet';
import { Section } from '../components/Section';
import { promotionTranslationRef } from './messages';
import { FormDialog } from './FormDialog';
import { ReasonField } from './ReasonField';
import { PromotionControl } from './usePromotion';

/** What approvals depend on, until it is closed. Nothing where there are no conditions. */
export function ConditionsSection(props: {
  promotion: Promotion;
  control: PromotionControl;
}) {
  const { promotion, control } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const [closing, setClosing] = useState<PromotionCondition>();
  const [text, setText] = useState('');
  if (promotion.conditions.length === 0) {
    return null;
  }
  return (
    <Section title={t('conditions.title')}>
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {promotion.conditions.map(condition => (
          <Box
            component="li"
            key={condition.id}
            sx={{ py: 0.75, typography: 'body2' }}
          >
            <LongText text={condition.text} limit={400} />
            <QuietLine>
              <EntityText text={condition.owner} defaultKind="user" />
              {', '}
              {t('conditions.setBy', {
                by: <EntityText text={condition.by} defaultKind="user" />,
              })}
              {', '}
              {condition.closedAt ? (
                t('conditions.closed', {
                  by: (
                    <EntityText
                      text={condition.closedBy ?? ''}
                      defaultKind="user"
                    />
                  ),
                  time: <Age time={condition.closedAt} />,
                })
              ) : (
                <strong>
                  {t(
                    condition.overdue ? 'conditions.overdue' : 'conditions.due',
                    { day: <Day time={condition.due} /> },
                  )}
                </strong>
              )}
            </QuietLine>
            {condition.closedAt && condition.closingComment && (
              <Box sx={{ mt: 0.25 }}>
                {t('conditions.met')}{' '}
                <LongText text={condition.closingComment} limit={400} />
              </Box>
            )}
            {!condition.closedAt && promotion.actions && (
              <Button
                size="small"
                onClick={() => {
                  setText('');
                  setClosing(condition);
                }}
              >
                {t('conditions.close')}
              </Button>
            )}
          </Box>
        ))}
      </Box>
      {closing && (
        <FormDialog
          title={t('conditions.closeTitle')}
          text={closing.text}
          send={t('conditions.close')}
          disabled={control.busy || !text.trim()}
          error={control.refusal?.message}
          onClose={() => setClosing(undefined)}
          onSend={async () => {
            const isDone = await control.act(() =>
              api.closeCondition(promotion.id, closing.id, text.trim()),
            );
            if (isDone) {
              setClosing(undefined);
            }
          }}
        >
          <ReasonField
            label={t('conditions.how')}
            value={text}
            onChange={setText}
          />
        </FormDialog>
      )}
    </Section>
  );
}
