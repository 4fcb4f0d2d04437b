import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { isCardPath } from '@modelport/plugin-modelport-common';
import { cardTranslationRef } from './messages';

/** The path of the measured metrics on a card whose writer states metrics too. */
export const MEASURED = 'metrics.measured';

/** The name of a card's field for people; a path of which there is none stays as it is. */
export function useFieldName(): (path: string) => string {
  const { t } = useTranslationRef(cardTranslationRef);
  return path => {
    if (path === MEASURED) {
      return t('measured');
    }
    if (isCardPath(path)) {
      return t(`fields.${path}`);
    }
    const [head, ...rest] = path.split('.');
    return isCardPath(head) && rest.length > 0
      ? `${t(`fields.${head}`)}: ${rest.join('.')}`
      : path;
  };
}
