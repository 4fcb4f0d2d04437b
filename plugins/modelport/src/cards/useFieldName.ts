import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { isCardPath } from '@modelport/plugin-modelport-common';
import { modelportTranslationRef } from '../translation';

/** The path of the measured metrics on a card whose writer states metrics too. */
export const MEASURED = 'metrics.measured';

/** The name of a card's field for people; a path of which there is none stays as it is. */
export function useFieldName(): (path: string) => string {
  const { t } = useTranslationRef(modelportTranslationRef);
  return path => {
    if (path === MEASURED) {
      return t('cards.measured');
    }
    if (isCardPath(path)) {
      return t(`cards.fields.${path}`);
    }
    const [head, ...rest] = path.split('.');
    return isCardPath(head) && rest.length > 0
      ? `${t(`cards.fields.${head}`)}: ${rest.join('.')}`
      : path;
  };
}
