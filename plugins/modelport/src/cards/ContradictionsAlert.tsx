import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CardContradiction } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import { EvidenceLink } from './EvidenceLink';
import { figureTexts } from './figureTexts';
import { cardTranslationRef } from './messages';
import { useFieldName } from './useFieldName';

/** What the card says and the evidence does not bear out. */
export function ContradictionsAlert(props: {
  contradictions: CardContradiction[];
  version: string;
}) {
  const { contradictions, version } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  if (contradictions.length === 0) {
    return null;
  }
  return (
    <Alert severity="warning" role="alert">
      <AlertTitle>{t('contradictions.title')}</AlertTitle>
      <Box component="ul" sx={{ m: 0, pl: 2, overflowWrap: 'anywhere' }}>
        {contradictions.map(contradiction => (
          <li key={JSON.stringify(contradiction)}>
            <ContradictionText
              contradiction={contradiction}
              version={version}
            />
          </li>
        ))}
      </Box>
    </Alert>
  );
}

/** Which figure, on what, by which document, and what was measured instead. */
function ContradictionText(props: {
  contradiction: CardContradiction;
  version: string;
}) {
  const { contradiction, version } = props;
  const { path, document, evidence, measured } = contradiction;
  const { t } = useTranslationRef(cardTranslationRef);
  const fieldName = useFieldName();
  const dataset = contradiction.dataset ?? null;
  const on = (metric: string, name: string | null) =>
    name === null
      ? metric
      : t('contradictions.onDataset', { metric, dataset: name });
  const metric = on(fieldName(path), dataset);
  const isAnother =
    measured &&
    (measured.dataset !== dataset || `metrics.${measured.key}` !== path);
  const figures = figureTexts(contradiction);
  const link = (digest: string, kind: string) => (
    <EvidenceLink version={version} digest={digest} kind={kind} />
  );
  return (
    <>
      {t('contradictions.text', {
        metric: contradiction.slice
          ? t('contradictions.onSlice', { metric, slice: contradiction.slice })
          : metric,
        card: (
          <>
            {document
              ? t('contradictions.card', { document: link(document, 'card') })
              : t('contradictions.cardInRegistry')}
          </>
        ),
        written: figures.written,
        measurement: (
          <>
            {evidence
              ? t('contradictions.documentMeasured', {
                  document: link(evidence, 'metrics'),
                })
              : t('contradictions.registryMeasured')}
          </>
        ),
        derived: figures.derived,
        measured: isAnother
          ? t('contradictions.measured', {
              metric: on(measured.key, measured.dataset),
            })
          : '',
      })}
    </>
  );
}
