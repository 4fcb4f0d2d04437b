import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Version } from '@modelport/plugin-modelport-common';
import Typography from '@mui/material/Typography';
import { CodeLine } from '../components/CodeLine';
import { Nothing, Section } from '../components/Section';
import { versionTranslationRef } from './messages';

/** The lines of Python that load the version, to copy. */
export function LoadSection(props: { version: Version }) {
  const { loadCode } = props.version;
  const { t } = useTranslationRef(versionTranslationRef);
  return (
    <Section title={t('page.load.title')}>
      {loadCode ? (
        <>
          <Typography variant="body2" color="text.secondary" gutterBottom>
            {t('page.load.text')}
          </Typography>
          <CodeLine wide code={loadCode} label={t('page.load.title')} />
        </>
      ) : (
        <Nothing>{t('page.load.empty')}</Nothing>
      )}
    </Section>
  );
}
