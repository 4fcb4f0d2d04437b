import { CodeSnippet } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Version } from '@modelport/plugin-modelport-common';
import Typography from '@mui/material/Typography';
import { Nothing, Section } from '../components/Section';
import { modelportTranslationRef } from '../translation';

/** The lines of Python that load the version, to copy. */
export function LoadSection(props: { version: Version }) {
  const { loadCode } = props.version;
  const { t } = useTranslationRef(modelportTranslationRef);
  return (
    <Section title={t('versions.page.load.title')}>
      {loadCode ? (
        <>
          <Typography variant="body2" color="text.secondary" gutterBottom>
            {t('versions.page.load.text')}
          </Typography>
          <CodeSnippet text={loadCode} language="python" showCopyCodeButton />
        </>
      ) : (
        <Nothing>{t('versions.page.load.empty')}</Nothing>
      )}
    </Section>
  );
}
