import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Day } from '../components/Age';
import { modelTranslationRef } from './messages';

/** Since when a version stands in an environment; says so where nobody saw the change. */
export function SinceText(props: { since: string | null }) {
  const { t } = useTranslationRef(modelTranslationRef);
  return props.since ? (
    <>{t('table.since', { time: <Day time={props.since} /> })}</>
  ) : (
    <>{t('table.sinceUnknown')}</>
  );
}
