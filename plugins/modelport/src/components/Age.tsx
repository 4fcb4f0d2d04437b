import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { formatAge, formatDay, formatTime } from './formatTime';

/** How long ago something was; the full time on hover and for machines. */
export function Age(props: { time: string }) {
  const { language } = useApi(appLanguageApiRef).getLanguage();
  return (
    <time dateTime={props.time} title={formatTime(props.time, language)}>
      {formatAge(props.time, Date.now(), language)}
    </time>
  );
}

/** The day of something; the full time on hover and for machines. */
export function Day(props: { time: string }) {
  const { language } = useApi(appLanguageApiRef).getLanguage();
  return (
    <time dateTime={props.time} title={formatTime(props.time, language)}>
      {formatDay(props.time, language)}
    </time>
  );
}
