import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Decision } from '@modelport/plugin-modelport-common';
import { FactList } from '../components/FactList';
import { formatFigure } from '../components/formatFigure';
import { Section } from '../components/Section';
import { modelportTranslationRef } from '../translation';

/** How a score becomes a decision. */
export function DecisionSection(props: { decision: Decision }) {
  const { thresholds, referBand, scaling } = props.decision;
  const { t } = useTranslationRef(modelportTranslationRef);
  return (
    <Section title={t('versions.page.decision.title')}>
      <FactList
        facts={[
          {
            name: t('versions.page.decision.thresholds'),
            value:
              thresholds.map(formatFigure).join(', ') ||
              t('versions.page.facts.none'),
          },
          {
            name: t('versions.page.decision.referBand'),
            value: referBand
              ? t('versions.page.decision.between', {
                  lower: formatFigure(referBand.lower),
                  upper: formatFigure(referBand.upper),
                })
              : t('versions.page.facts.none'),
          },
          {
            name: t('versions.page.decision.scaling'),
            value: scaling ?? t('versions.page.facts.none'),
          },
        ]}
      />
    </Section>
  );
}
