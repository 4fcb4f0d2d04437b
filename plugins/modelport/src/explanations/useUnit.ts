import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Explains } from '@modelport/plugin-modelport-common';
import { explanationTranslationRef } from './messages';

/** The unit of what is explained, in words; of a model with several classes it names the one. */
export function useUnit(of: {
  explains: Pick<Explains, 'output'>;
  class: string | null;
}): string {
  const { t } = useTranslationRef(explanationTranslationRef);
  const unit = t(`unit.${of.explains.output}`);
  return of.class === null ? unit : t('unit.ofClass', { unit, name: of.class });
}
