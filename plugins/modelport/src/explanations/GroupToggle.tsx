import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Explanation } from '@modelport/plugin-modelport-common';
import Button from '@mui/material/Button';
import { explanationTranslationRef } from './messages';
import { useExplanationView } from './useExplanationView';

/** Whether features that are parts of one are shown together; only where the explanation names some. */
export function useGrouped(explanation: Pick<Explanation, 'groups'>): boolean {
  const { view } = useExplanationView();
  return explanation.groups.length > 0 && view.grouped === 'yes';
}

/** Shows features one by one, or those that are parts of one together; in all charts of the page. */
export function GroupToggle(props: {
  explanation: Pick<Explanation, 'groups'>;
}) {
  const { t } = useTranslationRef(explanationTranslationRef);
  const { change } = useExplanationView();
  const grouped = useGrouped(props.explanation);
  return props.explanation.groups.length === 0 ? null : (
    <Button
      size="small"
      aria-pressed={grouped}
      onClick={() => change({ grouped: grouped ? '' : 'yes' })}
    >
      {grouped ? t('importance.single') : t('importance.grouped')}
    </Button>
  );
}
