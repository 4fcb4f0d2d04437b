import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { formatAge, formatDay, formatTime } from './formatTime';

/** On paper nothing can be hovered over, and how long ago something was depends on when it was printed. */
const IN_FULL_ON_PAPER = {
  '@media print': { '&::after': { content: '" (" attr(title) ")"' } },
};

/** How long ago something was; the full time on hover, on paper and for machines. */
export function Age(props: { time: string }) {
  const { language } = useApi(appLanguageApiRef).getLanguage();
  return (
    <Box
      component="time"
      dateTime={props.time}
      title={formatTime(props.time, language)}
      sx={IN_FULL_ON_PAPER}
    >
      {formatAge(props.time, Date.now(), language)}
    </Box>
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
