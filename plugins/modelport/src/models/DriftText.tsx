import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { DriftState } from '@modelport/plugin-modelport-common';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import NoDataIcon from '@mui/icons-material/HorizontalRule';
import OkIcon from '@mui/icons-material/CheckCircleOutline';
import WarningIcon from '@mui/icons-material/WarningAmber';
import { useTheme } from '@mui/material/styles';
import { componentTranslationRef } from '../components/messages';

const LOOKS = {
  none: { Icon: OkIcon, color: 'success' },
  warning: { Icon: WarningIcon, color: 'warning' },
  drifting: { Icon: ErrorIcon, color: 'error' },
  unknown: { Icon: NoDataIcon, color: 'info' },
} as const;

const LINE = {
  display: 'inline-flex',
  alignItems: 'center',
  gap: 4,
  whiteSpace: 'nowrap',
} as const;

/** The drift state in words, with its sign and colour. */
export function DriftText(props: { drift: DriftState }) {
  const { t } = useTranslationRef(componentTranslationRef);
  const { palette } = useTheme();
  const { Icon, color } = LOOKS[props.drift];
  const isQuiet = props.drift === 'unknown';
  return (
    <span
      style={{ ...LINE, color: isQuiet ? palette.text.secondary : undefined }}
    >
      <Icon
        aria-hidden
        style={{
          fontSize: 16,
          color: isQuiet ? palette.text.secondary : palette[color].main,
        }}
      />
      {t(`drift.${props.drift}`)}
    </span>
  );
}
