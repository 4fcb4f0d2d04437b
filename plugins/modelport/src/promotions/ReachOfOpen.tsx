import { Link } from '@backstage/core-components';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Promotion } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { promotionTranslationRef } from './messages';
import { OPEN_STATES } from './inboxView';
import { ReachNote } from './ReachNote';
import { usePromotionPaths } from './usePromotionPaths';

/** Of those of some promotions that wait for decisions, which can't get them any more. */
export function ReachOfOpen(props: { promotions: Promotion[] }) {
  const open = props.promotions.filter(({ state }) =>
    OPEN_STATES.includes(state),
  );
  const api = useApi(modelportApiRef);
  const { t } = useTranslationRef(promotionTranslationRef);
  const paths = usePromotionPaths();
  const { value } = useLoad(
    JSON.stringify(open.map(({ id, revision }) => [id, revision])),
    () => Promise.all(open.map(({ id }) => api.getPromotion(id))),
    { keepPrevious: true },
  );
  return (
    <>
      {value
        ?.filter(({ reach }) => reach?.state === 'cannot')
        .map(({ id, reach, version, environment }) => (
          <Box key={id} sx={{ typography: 'body2' }}>
            {paths && (
              <Link to={paths.review(id)}>
                {t('inbox.versionTo', { version, environment })}
              </Link>
            )}
            <ReachNote reach={reach} />
          </Box>
        ))}
    </>
  );
}
