import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { formatFigure } from '../components/formatFigure';
import { Nothing, Section } from '../components/Section';
import { modelTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { DirectionMark, TrendLine } from './MainMetricCell';
import { VersionLink } from './VersionLink';

/** The main metric with its direction and its trend over versions. */
export function MetricSection(props: { model: Model }) {
  const { model } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const entityPath = useEntityRefLink();
  const metric = model.mainMetric;
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
