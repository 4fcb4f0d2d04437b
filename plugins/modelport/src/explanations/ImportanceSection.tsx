import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Explanation } from '@modelport/plugin-modelport-common';
import { Section } from '../components/Section';
import { ImportanceFigure } from './ImportanceFigure';
import { explanationTranslationRef } from './messages';

/** What drives a version over all rows that its explanation tells of. */
export function ImportanceSection(props: { explanation: Explanation }) {
  const { t } = useTranslationRef(explanationTranslationRef);
  const title = t('importance.title');
  return (
    <Section title={title}>
      <ImportanceFigure title={title} explanation={props.explanation} />
    </Section>
  );
}
