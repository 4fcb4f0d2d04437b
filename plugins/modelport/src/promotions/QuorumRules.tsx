import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PromotionQuorum } from '@modelport/plugin-modelport-common';
import { QuietLine } from '../components/Quiet';
import { promotionTranslationRef } from './messages';
import { Refs } from './Refs';

/** Of whom approvals have to be, besides how many. */
export function QuorumRules(props: { quorum: PromotionQuorum }) {
  const { required, differentGroups, oneFrom } = props.quorum;
  const { t } = useTranslationRef(promotionTranslationRef);
  return (
    <>
      {required > 1 && differentGroups && (
        <QuietLine>{t('decision.differentGroups')}</QuietLine>
      )}
      {required > 0 && oneFrom.length > 0 && (
        <QuietLine>
          {t('decision.oneFrom', {
            groups: <Refs refs={oneFrom} defaultKind="group" />,
          })}
        </QuietLine>
      )}
    </>
  );
}
