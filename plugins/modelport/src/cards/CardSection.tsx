import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  cardVersion,
  CardCompleteness,
  Model,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { formatShare } from '../components/formatFigure';
import { LinkButton } from '../components/LinkButton';
import { Nothing, Section } from '../components/Section';
import { ShareBar } from '../components/ShareBar';
import { modelTranslationRef } from '../models/messages';
import { isWritten } from './isWritten';
import { useFieldName } from './useFieldName';

/** Why fields do not count, what is hardest to mend first. */
const REASONS = ['absent', 'placeholder', 'outdated', 'unattested'] as const;

/** Fields that are named for each reason; the others are counted. */
const NAMED = 6;

/** How complete the card of the version in production is, else of the latest; what is missing, and the way to it. */
export function CardSection(props: { model: Model }) {
  const { entityRef, source, name } = props.model;
  const { t } = useTranslationRef(modelTranslationRef);
  const api = useApi(modelportApiRef);
  const entityPath = useEntityRefLink()(entityRef);
  const of = cardVersion(props.model);
  const version = of?.version;
  const { value, error, retry } = useLoad(
    version === undefined ? undefined : JSON.stringify([source, name, version]),
    () => api.getCard({ source, name }, version ?? ''),
  );
  const card = value && isWritten(value) ? value : undefined;
  const title = () => {
    if (!of) {
      return t('overview.card.title');
    }
    return of.isInProduction
      ? t('overview.card.titleProduction', { version: of.version })
      : t('overview.card.titleLatest', { version: of.version });
  };
  return (
    <Section
      title={title()}
      actions={
        version !== undefined && (
          <LinkButton
            size="small"
            to={`${entityPath}/card?${new URLSearchParams({ version })}`}
          >
            {t('overview.card.open')}
          </LinkButton>
        )
      }
    >
      {error && <FailedState error={error} retry={retry} />}
      {version !== undefined && !value && !error && (
        <Skeleton variant="rectangular" height={48} />
      )}
      {card && <Completeness completeness={card.completeness} />}
      {(version === undefined || (value && !card)) && (
        <Nothing>{t('overview.card.empty')}</Nothing>
      )}
    </Section>
  );
}

function Completeness(props: { completeness: CardCompleteness }) {
  const { score, missing } = props.completeness;
  const { t } = useTranslationRef(modelTranslationRef);
  const fieldName = useFieldName();
  const text = t('overview.card.complete', { percent: formatShare(score) });
  const named = (paths: string[]) =>
    [
      ...paths.slice(0, NAMED).map(fieldName),
      ...(paths.length > NAMED
        ? [t('overview.card.more', { number: String(paths.length - NAMED) })]
        : []),
    ].join(', ');
  return (
    <>
      <Box sx={{ typography: 'body2', mb: 0.5 }}>{text}</Box>
      <ShareBar share={score} label={text} />
      {REASONS.map(reason => {
        const paths = missing.flatMap(field =>
          field.reason === reason ? [field.path] : [],
        );
        return (
          paths.length > 0 && (
            <Typography
              key={reason}
              variant="body2"
              color="text.secondary"
              sx={{ mt: 1 }}
            >
              {t(`overview.card.reasons.${reason}`, { fields: named(paths) })}
            </Typography>
          )
        );
      })}
    </>
  );
}
