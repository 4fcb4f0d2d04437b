import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Source } from '@modelport/plugin-modelport-common';
import FailingIcon from '@mui/icons-material/ErrorOutline';
import OkIcon from '@mui/icons-material/CheckCircleOutline';
import StaleIcon from '@mui/icons-material/History';
import Box from '@mui/material/Box';
import { sourceTranslationRef } from './messages';

const LOOKS = {
  ok: { Icon: OkIcon, color: 'success.main' },
  stale: { Icon: StaleIcon, color: 'warning.main' },
  failing: { Icon: FailingIcon, color: 'error.main' },
} as const;

/** The state of a source in words, with its sign and colour. */
export function StateText(props: { state: Source['state'] }) {
  const { t } = useTranslationRef(sourceTranslationRef);
  const { Icon, color } = LOOKS[props.state];
  return (
    <Box
      component="span"
      title={t(`stateHint.${props.state}`)}
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}
    >
      <Icon aria-hidden sx={{ fontSize: 18, color }} />
      {t(`state.${props.state}`)}
    </Box>
  );
}
