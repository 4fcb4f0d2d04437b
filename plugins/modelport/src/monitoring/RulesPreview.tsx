import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { AlertRulesPreview } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { monitoringTranslationRef } from './messages';

/** How often rules would have fired in the past. */
export function RulesPreview(props: { preview: AlertRulesPreview }) {
  const { windows, items } = props.preview;
  const { t } = useTranslationRef(monitoringTranslationRef);
  if (windows === 0) {
    return <Alert severity="info">{t('rules.previewNone')}</Alert>;
  }
  return (
    <Alert severity="info" role="status">
      <Box component="ul" sx={{ m: 0, pl: 2 }}>
        {items.map(({ rule, windows: tried, fired }) => (
          <li key={rule}>
            {t(tried < windows ? 'rules.previewedSome' : 'rules.previewed', {
              rule,
              count: fired.length,
              windows: String(tried),
              known: String(windows),
            })}{' '}
            {fired.length > 0 &&
              t('rules.firedLast', { text: fired[fired.length - 1].text })}
          </li>
        ))}
      </Box>
    </Alert>
  );
}
