import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { PanZoomActions } from '../charts/usePanZoom';
import { explanationTranslationRef } from './messages';

/** Moves the part of an axis that is shown, for who has no wheel. */
export function PanZoomButtons(props: { actions: PanZoomActions }) {
  const { actions } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const button = (
    key: 'zoomIn' | 'zoomOut' | 'left' | 'right' | 'whole',
    needsPart: boolean,
  ) => (
    <Button
      key={key}
      size="small"
      disabled={needsPart && actions.isWhole}
      onClick={actions[key]}
    >
      {t(`panZoom.${key}`)}
    </Button>
  );
  return (
    <Box
      role="group"
      aria-label={t('panZoom.title')}
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center' }}
    >
      {button('zoomIn', false)}
      {button('zoomOut', true)}
      {button('left', true)}
      {button('right', true)}
      {button('whole', true)}
      <Typography variant="caption" color="text.secondary">
        {t('panZoom.hint')}
      </Typography>
    </Box>
  );
}
