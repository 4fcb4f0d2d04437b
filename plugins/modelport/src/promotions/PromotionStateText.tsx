import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Promotion } from '@modelport/plugin-modelport-common';
import DoneIcon from '@mui/icons-material/CheckCircleOutline';
import FailedIcon from '@mui/icons-material/ErrorOutline';
import RunningIcon from '@mui/icons-material/HourglassTop';
import OverIcon from '@mui/icons-material/RemoveCircleOutline';
import WaitingIcon from '@mui/icons-material/PendingOutlined';
import Box from '@mui/material/Box';
import { promotionTranslationRef } from './messages';

const LOOKS = {
  requested: [WaitingIcon, 'info.main'],
  in_review: [WaitingIcon, 'info.main'],
  approved: [RunningIcon, 'info.main'],
  executing: [RunningIcon, 'info.main'],
  live: [DoneIcon, 'success.main'],
  moved: [FailedIcon, 'warning.main'],
  failed: [FailedIcon, 'error.main'],
  refused: [FailedIcon, 'text.secondary'],
  withdrawn: [OverIcon, 'text.secondary'],
  expired: [OverIcon, 'text.secondary'],
  superseded: [OverIcon, 'text.secondary'],
  rolled_back: [OverIcon, 'text.secondary'],
} as const;

/** Where a promotion stands, in a word and with a sign. */
export function PromotionStateText(props: {
  promotion: Pick<Promotion, 'state' | 'findings'>;
}) {
  const { state, findings } = props.promotion;
  const { t } = useTranslationRef(promotionTranslationRef);
  const isMoved =
    state === 'live' && findings.some(({ kind }) => kind === 'moved-elsewhere');
  const shown = isMoved ? 'moved' : state;
  const [Icon, color] = LOOKS[shown];
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 18, color }} />
      {t(`states.${shown}`)}
    </Box>
  );
}
