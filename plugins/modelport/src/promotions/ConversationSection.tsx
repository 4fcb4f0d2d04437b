import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Promotion } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { FormEvent, useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { Age } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { LongText } from '../components/LongText';
import { Quiet } from '../components/Quiet';
import { Nothing, Section } from '../components/Section';
import { promotionTranslationRef } from './messages';
import { PromotionControl } from './usePromotion';

/** What people said about a promotion. */
export function ConversationSection(props: {
  promotion: Promotion;
  control: PromotionControl;
}) {
  const { promotion, control } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const [text, setText] = useState('');
  const comments = promotion.comments ?? [];
  const { actions } = promotion;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const isDone = await control.act(() =>
      api.commentPromotion(promotion.id, text.trim()),
    );
    if (isDone) {
      setText('');
    }
  };
  return (
    <Section title={t('conversation.title')}>
      {comments.length === 0 && <Nothing>{t('conversation.empty')}</Nothing>}
      <Box
        component="ul"
        aria-live="polite"
        sx={{ listStyle: 'none', p: 0, m: 0 }}
      >
        {comments.map((comment, place) => (
          <Box component="li" key={place} sx={{ py: 0.75 }}>
            <Quiet>
              <EntityText text={comment.by} defaultKind="user" />
              {', '}
              <Age time={comment.at} />
            </Quiet>
            <Box sx={{ typography: 'body2' }}>
              <LongText text={comment.text} limit={800} />
            </Box>
          </Box>
        ))}
      </Box>
      {actions?.comment.allowed && (
        <Box component="form" onSubmit={send} sx={{ mt: 1 }}>
          <TextField
            size="small"
            label={t('conversation.label')}
            value={text}
            onChange={event => setText(event.target.value)}
            fullWidth
            multiline
            inputProps={{ maxLength: 5000 }}
          />
          <Button
            type="submit"
            size="small"
            sx={{ mt: 1 }}
            disabled={control.busy || !text.trim()}
          >
            {t('conversation.send')}
          </Button>
        </Box>
      )}
    </Section>
  );
}
