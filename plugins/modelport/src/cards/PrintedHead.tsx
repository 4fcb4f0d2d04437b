import {
  appLanguageApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Card, Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { FactList } from '../components/FactList';
import { formatTime } from '../components/formatTime';
import { cardTranslationRef } from './messages';
import { ONLY_PRINTED } from './printed';

/** What a card on paper is of: model, version, source, when it was printed, and the documents that it draws on. */
export function PrintedHead(props: {
  model: Model;
  version: string;
  card: Card;
}) {
  const { model, version, card } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const { language } = useApi(appLanguageApiRef).getLanguage();
  const documents = documentsOf(card);
  return (
    <div className={ONLY_PRINTED}>
      <Box component="h1" sx={{ typography: 'h5', m: 0, mb: 1 }}>
        {t('printed.title', { name: model.name, version })}
      </Box>
      <FactList
        facts={[
          { name: t('printed.source'), value: model.source },
          { name: t('printed.entity'), value: model.entityRef },
          {
            name: t('printed.at'),
            value: formatTime(new Date().toISOString(), language),
          },
          ...(card.revision === undefined
            ? []
            : [{ name: t('printed.revision'), value: card.revision }]),
        ]}
      />
      {documents.length > 0 && (
        <Box sx={{ typography: 'caption', mt: 1, overflowWrap: 'anywhere' }}>
          {t('printed.documents')}
          {documents.map(({ digest, kind }) => (
            <Box key={digest}>
              {kind} {digest}
            </Box>
          ))}
        </Box>
      )}
    </div>
  );
}

/** Each document of evidence that a field comes from, once. */
function documentsOf(card: Card): Array<{ digest: string; kind: string }> {
  const kinds = new Map<string, string>();
  for (const { provenance } of Object.values(card.fields)) {
    if (provenance.evidence !== null) {
      kinds.set(provenance.evidence, provenance.kind ?? '');
    }
  }
  for (const { evidence, document } of card.contradictions) {
    if (evidence !== null && !kinds.has(evidence)) {
      kinds.set(evidence, 'metrics');
    }
    if (document && !kinds.has(document)) {
      kinds.set(document, 'card');
    }
  }
  return [...kinds].map(([digest, kind]) => ({ digest, kind }));
}
