import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Promotion } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import { EntityText } from '../components/EntityText';
import { modelportTranslationRef } from '../translation';
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
  const { t } = useTranslationRef(modelportTranslationRef);
  const changes = changesBetween(before, after);
  return (
    <Alert
      severity="warning"
      role="alert"
      action={
        <Button color="inherit" size="small" onClick={onLook}>
          {t('promotions.changed.look')}
        </Button>
      }
    >
      <AlertTitle>{t('promotions.changed.title')}</AlertTitle>
      {refusal && t('promotions.changed.refused', { message: refusal.message })}
      <ul style={{ margin: 0, paddingInlineStart: '1.2em' }}>
        {changes.map((change, place) => (
          <li key={place}>
            <ChangeText change={change} />
          </li>
        ))}
        {changes.length === 0 && <li>{t('promotions.changed.other')}</li>}
      </ul>
    </Alert>
  );
}

function ChangeText(props: { change: PromotionChange }) {
  const { change } = props;
  const { t } = useTranslationRef(modelportTranslationRef);
  switch (change.what) {
    case 'decision':
      return (
        <>
          {t(`promotions.changed.decision.${change.decision}`, {
            by: <EntityText text={change.by} defaultKind="user" />,
          })}
        </>
      );
    case 'waiver':
      return (
        <>
          {t('promotions.changed.waiver', {
            gate: change.gate,
            by: <EntityText text={change.by} defaultKind="user" />,
          })}
        </>
      );
    case 'gate':
      return (
        <>
          {t('promotions.changed.gate', {
            gate: change.gate,
            from: t(`promotions.outcomes.${change.from}`),
            to: t(`promotions.outcomes.${change.to}`),
          })}
        </>
      );
    case 'evidence':
      return (
        <>
          {t('promotions.changed.evidence', {
            added: String(change.added),
            removed: String(change.removed),
          })}
        </>
      );
    default:
      return (
        <>
          {t('promotions.changed.state', {
            from: t(`promotions.states.${change.from}`),
            to: t(`promotions.states.${change.to}`),
          })}
        </>
      );
  }
}
