import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model } from '@modelport/plugin-modelport-common';
import { formatTime } from '../components/formatTime';
import { Hint } from '../components/Hint';
import { componentTranslationRef } from '../components/messages';

/** The tier that counts, whether someone has confirmed it, and on hover or focus by whom or what is proposed. */
export function RiskTierText(props: {
  model: Pick<Model, 'riskTier' | 'riskTierProposed' | 'riskTierConfirmed'>;
}) {
  const { riskTier, riskTierProposed, riskTierConfirmed } = props.model;
  const { t } = useTranslationRef(componentTranslationRef);
  const tier = t(`risk.${riskTier}`);
  let why: string = t('risk.notProposed');
  if (riskTierConfirmed) {
    why = t('risk.confirmed', {
      by: riskTierConfirmed.by,
      at: formatTime(riskTierConfirmed.at),
      comment: riskTierConfirmed.comment,
    });
  } else if (riskTierProposed) {
    why = t('risk.proposed', {
      tier: t(`risk.${riskTierProposed}`),
    });
  }
  return (
    <Hint
      text={why}
      style={{
        textDecoration: 'underline dotted',
        textUnderlineOffset: '3px',
        cursor: 'help',
        fontStyle: riskTierConfirmed ? undefined : 'italic',
      }}
    >
      {riskTierConfirmed ? tier : t('risk.unconfirmed', { tier })}
    </Hint>
  );
}
