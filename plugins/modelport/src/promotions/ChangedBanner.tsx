import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Promotion } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import { EntityText } from '../components/EntityText';
import { promotionTranslationRef } from './messages';
import { PromotionChange, changesBetween } from './changesBetween';
import { Refusal } from './usePromotion';

/** Says what has changed since the reader looked, and lets them look at it: until then nothing can be decided. */
export function ChangedBanner(props: {
  before: Promotion;
  after: Promotion;
  refusal: Refusal | undefined;
  onLook: () => void;
}) {
  const { before, after, refusal, onLook } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const changes = changesBetween(before, after);
  return (
    <Alert
      severity="warning"
      role="alert"
      action={
        <Button color="inherit" size="small" onClick={onLook}>
          {t('changed.look')}
        </Button>
      }
    >
      <AlertTitle>{t('changed.title')}</AlertTitle>
      {refusal && t('changed.refused', { message: refusal.message })}
      <ul style={{ margin: 0, paddingInlineStart: '1.2em' }}>
        {changes.map((change, place) => (
          <li key={place}>
            <ChangeText change={change} />
          </li>
        ))}
        {changes.length === 0 && <li>{t('changed.other')}</li>}
      </ul>
    </Alert>
  );
}

function ChangeText(props: { change: PromotionChange }) {
  const { change } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  switch (change.what) {
    case 'decision':
      return (
        <>
          {t(`changed.decision.${change.decision}`, {
            by: <EntityText text={change.by} defaultKind="user" />,
          })}
        </>
      );
    case 'waiver':
      return (
        <>
          {t('changed.waiver', {
            gate: change.gate,
            by: <EntityText text={change.by} defaultKind="user" />,
          })}
        </>
      );
    case 'gate':
      return (
        <>
          {t('changed.gate', {
            gate: change.gate,
            from: t(`outcomes.${change.from}`),
            to: t(`outcomes.${change.to}`),
          })}
        </>
      );
    case 'evidence':
      return (
        <>
          {t('changed.evidence', {
            added: String(change.added),
            removed: String(change.removed),
          })}
        </>
      );
    default:
      return (
        <>
          {t('changed.state', {
            from: t(`states.${change.from}`),
            to: t(`states.${change.to}`),
          })}
        </>
      );
  }
}
