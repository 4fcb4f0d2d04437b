import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { DriftState } from '@modelport/plugin-modelport-common';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import NoDataIcon from '@mui/icons-material/HorizontalRule';
import OkIcon from '@mui/icons-material/CheckCircleOutline';
import WarningIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import { modelportTranslationRef } from '../translation';

const LOOKS = {
  none: { Icon: OkIcon, color: 'success.main' },
  warning: { Icon: WarningIcon, color: 'warning.main' },
  drifting: { Icon: ErrorIcon, color: 'error.main' },
  unknown: { Icon: NoDataIcon, color: 'text.secondary' },
} as const;

/** The drift state in words, with its sign and colour. */
export function DriftText(props: { drift: DriftState }) {
  const { t } = useTranslationRef(modelportTranslationRef);
  const { Icon, color } = LOOKS[props.drift];
  const isQuiet = props.drift === 'unknown';
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        whiteSpace: 'nowrap',
        color: isQuiet ? 'text.secondary' : undefined,
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 16, color }} />
      {t(`components.drift.${props.drift}`)}
    </Box>
  );
}
