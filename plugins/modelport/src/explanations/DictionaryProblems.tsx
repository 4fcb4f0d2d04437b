import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ReasonCodeFinding } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { explanationTranslationRef } from './messages';

/** What a reviewer of a dictionary should know, errors first. */
export function DictionaryProblems(props: {
  problems: ReadonlyArray<ReasonCodeFinding>;
  open?: boolean;
}) {
  const { problems, open } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const count = (level: string) =>
    problems.filter(problem => problem.level === level).length;
  if (problems.length === 0) {
    return null;
  }
  return (
    <Box
      component="details"
      open={open}
      sx={{ mt: 1, typography: 'body2', overflowWrap: 'anywhere' }}
    >
      <summary>
        {t('reasons.problems')}:{' '}
        {t('reasons.errors', { count: count('error') })},{' '}
        {t('reasons.warnings', { count: count('warning') })}
      </summary>
      <ul>
        {[...problems]
          .sort((a, b) => a.level.localeCompare(b.level))
          .map(problem => (
            <li key={`${problem.where} ${problem.message}`}>
              {problem.level}: {problem.where}: {problem.message}
            </li>
          ))}
      </ul>
    </Box>
  );
}
