import {
  appLanguageApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Promotion } from '@modelport/plugin-modelport-common';
import { formatDuration } from '../components/formatTime';
import { promotionTranslationRef } from './messages';
import { tookTimes } from './tookTimes';

/** How long it took to decide on a promotion, and then until it was live, in words; empty where nothing is over. */
export function useTookText(promotion: Promotion): string {
  const { t } = useTranslationRef(promotionTranslationRef);
  const { language } = useApi(appLanguageApiRef).getLanguage();
  const { decision, live } = tookTimes(promotion);
  const text = (seconds: number) =>
    formatDuration(seconds, language) || t('review.moment');
  return [
    decision &&
      t(`review.tookToDecide.${decision.how}`, {
        time: text(decision.seconds),
      }),
    live !== undefined && t('review.tookToLive', { time: text(live) }),
  ]
    .filter(Boolean)
    .join(', ');
}
