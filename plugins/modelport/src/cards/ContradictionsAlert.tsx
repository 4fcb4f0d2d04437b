import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CardContradiction } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import { EvidenceLink } from './EvidenceLink';
import { cardTranslationRef } from './messages';
import { useFieldName } from './useFieldName';
import { plainText } from './plainText';

/** What the card says and the evidence does not bear out. */
export function ContradictionsAlert(props: {
  contradictions: CardContradiction[];
  version: string;
}) {
  const { contradictions, version } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const fieldName = useFieldName();
  if (contradictions.length === 0) {
    return null;
  }
  return (
    <Alert severity="warning" role="alert">
      <AlertTitle>{t('contradictions.title')}</AlertTitle>
      <Box component="ul" sx={{ m: 0, pl: 2 }}>
        {contradictions.map(contradiction => (
          <li key={JSON.stringify(contradiction)}>
            {t('contradictions.text', {
              field: fieldName(contradiction.path),
              written: plainText(contradiction.written),
              derived: plainText(contradiction.derived),
            })}{' '}
            {contradiction.evidence && (
              <EvidenceLink
                version={version}
                digest={contradiction.evidence}
                kind="metrics"
              />
            )}
          </li>
        ))}
      </Box>
    </Alert>
  );
}
