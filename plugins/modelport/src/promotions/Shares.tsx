import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ObservedVersion,
  TrafficShare,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { formatShare } from '../components/formatFigure';
import { Quiet } from '../components/Quiet';
import { promotionTranslationRef } from './messages';

/** Versions that share an environment as the registry says, each with the share that was seen where that is known. */
export function Shares(props: {
  shares: TrafficShare[];
  observed?: ObservedVersion[];
}) {
  const { shares, observed = [] } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  return (
    <Box component="ul" sx={{ listStyle: 'none', p: 0, my: 0.5 }}>
      {shares.map(({ version, percent, mode }) => {
        const seen = observed.find(one => one.version === version)?.share;
        return (
          <Box component="li" key={version} sx={{ typography: 'body2' }}>
            {t(`rollout.share.${mode}`, { version, percent: String(percent) })}
            {typeof seen === 'number' && (
              <>
                {' '}
                <Quiet>
                  ({t('rollout.observed', { share: formatShare(seen) })})
                </Quiet>
              </>
            )}
          </Box>
        );
      })}
    </Box>
  );
}
