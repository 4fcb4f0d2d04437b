import { useTranslationRef } from '@backstage/frontend-plugin-api';
import HistoryIcon from '@mui/icons-material/History';
import Chip from '@mui/material/Chip';
import Tooltip from '@mui/material/Tooltip';
import { componentTranslationRef } from './messages';
import { formatTime } from './formatTime';

/** Marks what a source has not confirmed for a while. */
export function StaleChip(props: { syncedAt: string }) {
  const { t } = useTranslationRef(componentTranslationRef);
  return (
    <Tooltip title={t('staleHint', { at: formatTime(props.syncedAt) })}>
      <Chip
        size="small"
        tabIndex={0}
        color="warning"
        variant="outlined"
        icon={<HistoryIcon />}
        label={t('stale')}
        sx={{ m: 0, color: 'text.primary' }}
      />
    </Tooltip>
  );
}
