import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { formatFigure } from '../components/formatFigure';
import { LinkButton } from '../components/LinkButton';
import { Nothing, Section } from '../components/Section';
import { findExplanation } from './findExplanation';
import { explanationTranslationRef } from './messages';
import { modelTranslationRef } from '../models/messages';

const TOP = 5;

/** The features that drive the score of the version in production most, or of the latest. */
export function DriversSection(props: { model: Model }) {
  const { model } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const { t: tModel } = useTranslationRef(modelTranslationRef);
  const api = useApi(modelportApiRef);
  const entityPath = useEntityRefLink()(model.entityRef);
  const production = model.environments.find(
    ({ environment }) => environment === 'production',
  );
  const version = production?.version ?? model.latestVersion;
  const id = { source: model.source, name: model.name };
  const { value, error, retry } = useLoad(
    version === null ? undefined : JSON.stringify([id, version]),
    () => findExplanation(api, id, version ?? ''),
  );
  const largest = value?.features[0]?.meanAbs ?? 0;
  return (
    <Section
      title={tModel('overview.drivers.title')}
      actions={
        version !== null && (
          <LinkButton
            size="small"
            to={`${entityPath}/explanations?${new URLSearchParams({
              version,
            })}`}
          >
            {t('drivers.open')}
          </LinkButton>
        )
      }
    >
      {version === null && <Nothing>{t('drivers.noVersion')}</Nothing>}
      {value === null && (
        <Nothing>{t('drivers.none', { version: version ?? '' })}</Nothing>
      )}
      {error && <FailedState error={error} retry={retry} />}
      {version !== null && value === undefined && !error && (
        <Skeleton variant="rectangular" height={120} />
      )}
      {value && (
        <>
          <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {value.features.slice(0, TOP).map(feature => (
              <Box component="li" key={feature.name} sx={{ mb: 0.75 }}>
                <Box
                  sx={{
                    display: 'flex',
                    justifyContent: 'space-between',
                    gap: 1,
                    typography: 'body2',
                  }}
                >
                  <span style={{ overflowWrap: 'anywhere' }}>
                    {feature.name}
                  </span>
                  <span style={{ fontVariantNumeric: 'tabular-nums' }}>
                    {formatFigure(feature.meanAbs)}
                  </span>
                </Box>
                <Box
                  aria-hidden
                  sx={{
                    height: 4,
                    borderRadius: 2,
                    bgcolor: 'primary.main',
                    width: `${(feature.meanAbs / (largest || 1)) * 100}%`,
                  }}
                />
              </Box>
            ))}
          </Box>
          <Typography variant="caption" color="text.secondary">
            {value.withheld ??
              t('drivers.summary', {
                unit: t(`unit.${value.explains.output}`),
                version: version ?? '',
              })}
          </Typography>
        </>
      )}
    </Section>
  );
}
