import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { isCardPath } from '@modelport/plugin-modelport-common';
import { cardTranslationRef } from './messages';

/** The path of the measured metrics on a card whose writer states metrics too. */
export const MEASURED = 'metrics.measured';

/** What an export loses of a field, beside whole fields. */
const PARTS = [
  'dataset',
  'slice',
  'n',
  'lower',
  'upper',
  'origin',
  'markup',
] as const;

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
    if (!isCardPath(head) || rest.length === 0) {
      return path;
    }
    const field = t(`fields.${head}`);
    const tail = rest.join('.');
    const part = PARTS.find(known => known === tail);
    return part
      ? t('part', { field, part: t(`parts.${part}`) })
      : `${field}: ${tail}`;
  };
}
