import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { formatTime } from '../components/formatTime';
import { modelportTranslationRef } from '../translation';

/** The tier that counts, whether someone has confirmed it, and on hover or focus by whom or what is proposed. */
export function RiskTierText(props: {
  model: Pick<Model, 'riskTier' | 'riskTierProposed' | 'riskTierConfirmed'>;
}) {
  const { riskTier, riskTierProposed, riskTierConfirmed } = props.model;
  const { t } = useTranslationRef(modelportTranslationRef);
  const tier = t(`components.risk.${riskTier}`);
  let why: string = t('components.risk.notProposed');
  if (riskTierConfirmed) {
    why = t('components.risk.confirmed', {
      by: riskTierConfirmed.by,
      at: formatTime(riskTierConfirmed.at),
      comment: riskTierConfirmed.comment,
    });
  } else if (riskTierProposed) {
    why = t('components.risk.proposed', {
      tier: t(`components.risk.${riskTierProposed}`),
    });
  }
  return (
    <Tooltip title={why} describeChild>
      <Box
        component="span"
        tabIndex={0}
        style={{
          textDecoration: 'underline dotted',
          textUnderlineOffset: '3px',
          cursor: 'help',
          fontStyle: riskTierConfirmed ? undefined : 'italic',
        }}
      >
        {riskTierConfirmed ? tier : t('components.risk.unconfirmed', { tier })}
      </Box>
    </Tooltip>
  );
}
