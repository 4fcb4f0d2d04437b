import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Version } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import { Age } from '../components/Age';
import { ExternalLink } from '../components/ExternalLink';
import { FactList } from '../components/FactList';
import { versionTranslationRef } from './messages';
import { RunText } from './RunText';

/** Who made the version, when, by which run and from which code. */
export function VersionFacts(props: { version: Version }) {
  const { version } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const none = t('page.facts.none');
  const { repository, commit } = version.sourceCode ?? {
    repository: null,
    commit: null,
  };
  const facts = [
    {
      name: t('page.facts.created'),
      value: version.createdAt ? <Age time={version.createdAt} /> : none,
    },
    { name: t('page.facts.author'), value: version.author ?? none },
    {
      name: t('page.facts.status'),
      value: version.status ?? none,
    },
    ...(version.stage && version.stage !== 'None'
      ? [{ name: t('page.facts.stage'), value: version.stage }]
      : []),
    {
      name: t('page.facts.run'),
      value: version.runId ? <RunText version={version} full /> : none,
    },
    {
      name: t('page.facts.framework'),
      value: version.framework ?? none,
    },
    {
      name: t('page.facts.code'),
      value:
        repository || commit ? (
          <>
            {repository && <ExternalLink url={repository} title={repository} />}
            {commit && <Box>{t('page.facts.commit', { commit })}</Box>}
          </>
        ) : (
          none
        ),
    },
    ...(version.links.length > 0
      ? [
          {
            name: t('page.facts.links'),
            value: (
              <>
                {version.links.map(({ title, url }) => (
                  <Box key={url}>
                    <ExternalLink title={title} url={url} />
                  </Box>
                ))}
              </>
            ),
          },
        ]
      : []),
    {
      name: t('page.facts.synced'),
      value: <Age time={version.syncedAt} />,
    },
  ];
  return (
    <Card variant="outlined">
      <CardContent sx={{ '&:last-child': { pb: 2 } }}>
        <FactList facts={facts} />
      </CardContent>
    </Card>
  );
}
