import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PromotionRollout } from '@modelport/plugin-modelport-common';
import { Age } from '../components/Age';
import { QuietLine } from '../components/Quiet';
import { promotionTranslationRef } from './messages';
import { usePromotionPaths } from './usePromotionPaths';

/** How far a version is that comes to an environment by steps, and where it is let go on or aborted. */
export function RolloutLine(props: { rollout: PromotionRollout }) {
  const { rollout } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const paths = usePromotionPaths();
  const { step, steps, waitsFor, heldUntil, promotion } = rollout;
  const text = t(waitsFor ? 'rollout.underWay' : 'rollout.stopped', {
    step: String(step),
    steps: String(steps.length),
  });
  return (
    <>
      <QuietLine>
        {t(`rollout.kinds.${rollout.kind}`)}
        {': '}
        {paths ? <Link to={paths.review(promotion)}>{text}</Link> : text}
      </QuietLine>
      {waitsFor === 'time' && heldUntil && (
        <QuietLine>
          {t('rollout.waitsFor.time', { time: <Age time={heldUntil} /> })}
        </QuietLine>
      )}
      {waitsFor === 'person' && (
        <QuietLine>{t('rollout.waitsFor.person')}</QuietLine>
      )}
    </>
  );
}
