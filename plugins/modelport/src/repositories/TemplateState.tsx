import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RepositoryScorecard } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import { LinkButton } from '../components/LinkButton';
import { repositoryTranslationRef } from './messages';
import { useTemplatePath } from './useTemplatePath';

/** Which version of its template a repository has, and the way to the newest. */
export function TemplateState(props: { card: RepositoryScorecard }) {
  const { template, cloneUrl, branch } = props.card;
  const { t } = useTranslationRef(repositoryTranslationRef);
  const templatePath = useTemplatePath();
  if (!template) {
    return null;
  }
  const { version, newest, isOutdated } = template;
  if (!isOutdated) {
    return (
      <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
        {t('current', { version })}
      </Typography>
    );
  }
  return (
    <Alert severity="info" sx={{ mt: 1.5, overflowWrap: 'anywhere' }}>
      {t('outdated', { version, newest })} {t('updateHint')}
      {templatePath && cloneUrl !== null && (
        <div>
          <LinkButton
            size="small"
            variant="outlined"
            sx={{ mt: 1 }}
            to={templatePath('update-ml-model', {
              remoteUrl: cloneUrl,
              ...(branch !== null && { defaultBranch: branch }),
            })}
          >
            {t('update')}
          </LinkButton>
        </div>
      )}
    </Alert>
  );
}
