import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FormDialog } from './FormDialog';
import { promotionTranslationRef } from './messages';

/** Asks once more before a request ends, since it takes another one to come back to it. */
export function WithdrawDialog(props: {
  busy: boolean;
  error: string | undefined;
  onClose: () => void;
  onWithdraw: () => void;
}) {
  const { busy, error, onClose, onWithdraw } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  return (
    <FormDialog
      title={t('withdrawal.title')}
      text={t('withdrawal.text')}
      send={t('review.withdraw')}
      colour="warning"
      disabled={busy}
      error={error}
      onClose={onClose}
      onSend={onWithdraw}
    />
  );
}
