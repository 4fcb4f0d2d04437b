import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Comparison } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { versionTranslationRef } from './messages';

/** What the API warns of, and how evaluation sets come to be known. */
export function DataWarnings(props: { comparison: Comparison }) {
  const { metrics, warnings } = props.comparison;
  const { t } = useTranslationRef(versionTranslationRef);
  const isUnknown = metrics.some(({ values: [baseline, ...others] }) =>
    others.some(
      ({ measurement, comparability }) =>
        baseline.measurement && measurement && comparability === 'unknown',
    ),
  );
  return warnings.length === 0 ? null : (
    <Alert severity="info" sx={{ mt: 1 }}>
      <Box sx={{ fontWeight: 'bold' }}>{t('compare.warnings.title')}</Box>
      <Box component="ul" sx={{ m: 0, pl: 2, overflowWrap: 'anywhere' }}>
        {warnings.map(text => (
          <li key={text}>{text}</li>
        ))}
      </Box>
      {isUnknown && <Box sx={{ mt: 1 }}>{t('compare.warnings.howToKnow')}</Box>}
    </Alert>
  );
}
