import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import { formatShare } from '../components/formatFigure';
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

/** How complete the model card is. */
export function CardSection(props: { model: Model }) {
  const { cardCompleteness } = props.model;
  const { t } = useTranslationRef(modelportTranslationRef);
  const title = t('models.overview.card.title');
  if (cardCompleteness === null) {
    return (
      <Section title={title}>
        <Nothing>{t('models.overview.card.empty')}</Nothing>
      </Section>
    );
  }
  const text = t('models.overview.card.complete', {
    percent: formatShare(cardCompleteness),
  });
  return (
    <Section title={title}>
      <Box sx={{ typography: 'body2', mb: 0.5 }}>{text}</Box>
      <LinearProgress
        variant="determinate"
        value={cardCompleteness * 100}
        aria-label={text}
      />
    </Section>
  );
}
