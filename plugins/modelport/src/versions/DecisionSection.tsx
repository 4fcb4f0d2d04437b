import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Decision } from '@modelport/plugin-modelport-common';
import { FactList } from '../components/FactList';
import { formatFigure } from '../components/formatFigure';
import { Section } from '../components/Section';
import { versionTranslationRef } from './messages';

/** How a score becomes a decision. */
export function DecisionSection(props: { decision: Decision }) {
  const { thresholds, referBand, scaling } = props.decision;
  const { t } = useTranslationRef(versionTranslationRef);
  return (
    <Section title={t('page.decision.title')}>
      <FactList
        facts={[
          {
            name: t('page.decision.thresholds'),
            value:
              thresholds.map(formatFigure).join(', ') || t('page.facts.none'),
          },
          {
            name: t('page.decision.referBand'),
            value: referBand
              ? t('page.decision.between', {
                  lower: formatFigure(referBand.lower),
                  upper: formatFigure(referBand.upper),
                })
              : t('page.facts.none'),
          },
          {
            name: t('page.decision.scaling'),
            value: scaling ?? t('page.facts.none'),
          },
        ]}
      />
    </Section>
  );
}
