import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { Nothing, Section } from '../components/Section';
import { modelportTranslationRef } from '../translation';
import { DriftText } from './DriftText';

const HEALTH = ['drift', 'performance', 'data'] as const;

/** One line each for drift, performance and data. */
export function HealthSection(props: { model: Model }) {
  const { model } = props;
  const { t } = useTranslationRef(modelportTranslationRef);
  return (
    <Section title={t('models.overview.health.title')}>
      <Box
        component="dl"
        sx={{
          display: 'grid',
          gridTemplateColumns: 'max-content 1fr',
          columnGap: 2,
          rowGap: 0.5,
          m: 0,
          mb: 1.5,
          typography: 'body2',
        }}
      >
        {HEALTH.map(name => (
          <Box key={name} sx={{ display: 'contents' }}>
            <Box component="dt">{t(`models.overview.health.${name}`)}</Box>
            <Box component="dd" sx={{ m: 0 }}>
              <DriftText drift={name === 'drift' ? model.drift : 'unknown'} />
            </Box>
          </Box>
        ))}
      </Box>
      {model.drift === 'unknown' && (
        <Nothing>{t('models.overview.health.noEvidence')}</Nothing>
      )}
    </Section>
  );
}

/** The features that drive the score most; there is no evidence of this kind yet. */
export function DriversSection() {
  const { t } = useTranslationRef(modelportTranslationRef);
  return (
    <Section title={t('models.overview.drivers.title')}>
      <Nothing>{t('models.overview.drivers.empty')}</Nothing>
    </Section>
  );
}
