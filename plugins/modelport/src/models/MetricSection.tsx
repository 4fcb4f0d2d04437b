import { Link } from '@backstage/core-components';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { formatFigure } from '../components/formatFigure';
import { Nothing, Section } from '../components/Section';
import { modelTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { MetricOrigin } from '../versions/MetricOrigin';
import { DirectionMark, TrendLine } from './MainMetricCell';
import { VersionLink } from './VersionLink';

/** The main metric with its direction, what it was measured on, and its trend over versions. */
export function MetricSection(props: { model: Model }) {
  const { model } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const entityPath = useEntityRefLink();
  const metric = model.mainMetric;
  const measurement = useMeasurement(model) ?? metric?.measurement;
  return (
    <Section title={t('overview.metric.title')}>
      {metric ? (
        <>
          <Box
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              alignItems: 'center',
              gap: 3,
              mb: 1,
            }}
          >
            <Box>
              <Box
                title={String(metric.value)}
                sx={{
                  fontSize: 28,
                  lineHeight: 1.2,
                  fontWeight: 'bold',
                  fontVariantNumeric: 'tabular-nums',
                }}
              >
                {formatFigure(metric.value)}
              </Box>
              <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
                {metric.key}
              </Typography>
            </Box>
            <TrendLine model={model} width={150} height={48} />
          </Box>
          <Typography
            variant="body2"
            color="text.secondary"
            component="div"
            sx={{ '& a': { textDecoration: 'underline' } }}
          >
            <DirectionMark direction={metric.direction} />{' '}
            {tComponent(`direction.${metric.direction}`)} ·{' '}
            <VersionLink entityRef={model.entityRef} version={metric.version}>
              {t('table.version', { version: metric.version })}
            </VersionLink>
          </Typography>
          {measurement && <MetricOrigin measurement={measurement} />}
          <Typography variant="caption" color="text.secondary" component="p">
            {t('overview.metric.unit')}
          </Typography>
        </>
      ) : (
        <Nothing>{t('overview.metric.empty')}</Nothing>
      )}
      <Box sx={{ mt: 1, typography: 'body2' }}>
        <Link to={`${entityPath(model.entityRef)}/versions`}>
          {t('overview.metric.toVersions')}
        </Link>
      </Box>
    </Section>
  );
}

/** The measurement of the whole set behind the main metric; undefined until it is known, and where it is not. */
function useMeasurement({ source, name, mainMetric }: Model) {
  const api = useApi(modelportApiRef);
  const { value } = useLoad(
    mainMetric
      ? JSON.stringify(['main-metric', source, name, mainMetric.version])
      : undefined,
    async () =>
      mainMetric
        ? api.getVersion({ source, name }, mainMetric.version)
        : undefined,
  );
  // Pushed ones may say of how many rows the same figure is.
  const same = value?.measurements.filter(
    one =>
      one.key === mainMetric?.key &&
      one.slice === null &&
      one.value === mainMetric.value,
  );
  return same?.find(({ n }) => n !== null) ?? same?.[0];
}
