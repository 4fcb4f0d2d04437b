import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RepositoryScorecard } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import { LinkButton } from '../components/LinkButton';
import { Nothing } from '../components/Section';
import { repositoryTranslationRef } from './messages';
import { useTemplatePath } from './useTemplatePath';

/** Why there is no scorecard, and what would make one. */
export function UnreadState(props: {
  card: RepositoryScorecard;
  /** The model's name in the registry. */
  name: string;
}) {
  const { card, name } = props;
  const { t } = useTranslationRef(repositoryTranslationRef);
  const templatePath = useTemplatePath();
  if (card.state === 'unreadable') {
    return (
      <Alert severity="warning" sx={{ overflowWrap: 'anywhere' }}>
        <AlertTitle>{t('unreadable')}</AlertTitle>
        {card.message}
        <Box sx={{ mt: 1 }}>{t('unreadableHint')}</Box>
      </Alert>
    );
  }
  return (
    <>
      <Nothing>{t('unknown', { cause: card.message ?? '' })}</Nothing>
      {templatePath && (
        <Box sx={{ mt: 1 }}>
          <Nothing>{t('adoptHint')}</Nothing>
          <LinkButton
            size="small"
            variant="outlined"
            sx={{ mt: 1 }}
            to={templatePath('adopt-ml-model', { name })}
          >
            {t('adopt')}
          </LinkButton>
        </Box>
      )}
    </>
  );
}
