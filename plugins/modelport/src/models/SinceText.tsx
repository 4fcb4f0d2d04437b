import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Day } from '../components/Age';
import { modelportTranslationRef } from '../translation';

/** Since when a version stands in an environment; says so where nobody saw the change. */
export function SinceText(props: { since: string | null }) {
  const { t } = useTranslationRef(modelportTranslationRef);
  return props.since ? (
    <>{t('models.table.since', { time: <Day time={props.since} /> })}</>
  ) : (
    <>{t('models.table.sinceUnknown')}</>
  );
}
