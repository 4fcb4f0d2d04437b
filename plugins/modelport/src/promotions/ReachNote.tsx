import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { QuorumReach } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import { promotionTranslationRef } from './messages';
import { Refs } from './Refs';

/** Says where a quorum can't be reached any more, or nobody can tell, and what to do; nothing where it can. */
export function ReachNote(props: {
  reach: QuorumReach | null;
  /** Whether it is not asked for yet. */
  isPreview?: boolean;
}) {
  const { reach, isPreview = false } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  if (!reach || reach.state === 'can') {
    return null;
  }
  const { nobodyLeft, unknown } = reach;
  if (reach.state === 'cannot') {
    return (
      <Alert severity="error" sx={{ mt: 1, mb: 1 }}>
        {nobodyLeft.length > 0
          ? t('reach.cannot', {
              groups: <Refs refs={nobodyLeft} defaultKind="group" />,
            })
          : t('reach.tooFew')}{' '}
        {t(isPreview ? 'reach.doBefore' : 'reach.do')}
      </Alert>
    );
  }
  return (
    <Alert severity="info" sx={{ mt: 1, mb: 1 }}>
      {unknown.length > 0
        ? t('reach.unknown', {
            groups: <Refs refs={unknown} defaultKind="group" />,
          })
        : t('reach.unclear')}
    </Alert>
  );
}

/** Warns whoever is about to step aside that nobody else is left. */
export function LastOneNote(props: { reach: QuorumReach | null }) {
  const { reach } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  if (!reach?.needsYou) {
    return null;
  }
  return (
    <Alert severity="warning" sx={{ mb: 1 }}>
      {reach.lastOf.length > 0
        ? t('reach.lastOf', {
            groups: <Refs refs={reach.lastOf} defaultKind="group" />,
          })
        : t('reach.needsYou')}{' '}
      {t('reach.do')}
    </Alert>
  );
}
