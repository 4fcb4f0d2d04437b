import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { formatShare } from '../components/formatFigure';
import { LinkButton } from '../components/LinkButton';
import { Nothing, Section } from '../components/Section';
import { ShareBar } from '../components/ShareBar';
import { modelTranslationRef } from '../models/messages';
import { useFieldName } from './useFieldName';

/** Missing fields that are named; the others are counted. */
const NAMED = 6;

/** How complete the card of the latest version is, what is missing, and the way to it. */
export function CardSection(props: { model: Model }) {
  const { cardCompleteness, latestVersion, entityRef, source, name } =
    props.model;
  const { t } = useTranslationRef(modelTranslationRef);
  const api = useApi(modelportApiRef);
  const entityPath = useEntityRefLink()(entityRef);
  const fieldName = useFieldName();
  const hasCard = cardCompleteness !== null && latestVersion !== null;
  // What is missing is an extra: without it the section still says how much is there.
  const { value } = useLoad(
    hasCard ? JSON.stringify([source, name, latestVersion]) : undefined,
    () => api.getCard({ source, name }, latestVersion ?? ''),
  );
  const missing = value?.completeness.missing ?? [];
  const fields = [
    ...missing.slice(0, NAMED).map(({ path }) => fieldName(path)),
    ...(missing.length > NAMED
      ? [
          t('overview.card.more', {
            number: String(missing.length - NAMED),
          }),
        ]
      : []),
  ].join(', ');
  const text = t('overview.card.complete', {
    percent: formatShare(cardCompleteness ?? 0),
  });
  return (
    <Section
      title={t('overview.card.title')}
      actions={
        latestVersion !== null && (
          <LinkButton
            size="small"
            to={`${entityPath}/card?${new URLSearchParams({
              version: latestVersion,
            })}`}
          >
            {t('overview.card.open')}
          </LinkButton>
        )
      }
    >
      {hasCard ? (
        <>
          <Box sx={{ typography: 'body2', mb: 0.5 }}>{text}</Box>
          <ShareBar share={cardCompleteness} label={text} />
          {missing.length > 0 && (
            <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
              {t('overview.card.missing', { fields })}
            </Typography>
          )}
        </>
      ) : (
        <Nothing>{t('overview.card.empty')}</Nothing>
      )}
    </Section>
  );
}
