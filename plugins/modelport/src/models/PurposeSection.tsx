import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Divider from '@mui/material/Divider';
import { ReactNode } from 'react';
import { Age } from '../components/Age';
import { ExternalLink } from '../components/ExternalLink';
import { FactList } from '../components/FactList';
import { LongText } from '../components/LongText';
import { SafeMarkdown } from '../components/SafeMarkdown';
import { Nothing, Section } from '../components/Section';
import { StaleChip } from '../components/StaleChip';
import { EntityText } from '../components/EntityText';
import { modelTranslationRef } from './messages';
import { OwnerText } from './OwnerText';

/** Tags up to this length fit on a chip. */
const SHORT_TAG = 40;

/** What the model is for, whose it is, and where it is registered. */
export function PurposeSection(props: { model: Model }) {
  const { model } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const none: ReactNode = (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      {t('overview.facts.none')}
    </Box>
  );
  const tags = Object.entries(model.tags);
  const facts = [
    {
      name: t('overview.facts.owner'),
      value: <OwnerText model={model} />,
    },
    { name: t('overview.facts.task'), value: model.task ?? none },
    {
      name: t('overview.facts.framework'),
      value: model.framework ?? none,
    },
    {
      name: t('overview.facts.lifecycle'),
      value: model.lifecycle ?? none,
    },
    {
      name: t('overview.facts.system'),
      value: model.system ? <EntityText text={model.system} /> : none,
    },
    {
      name: t('overview.facts.versions'),
      value: model.latestVersion
        ? t('overview.facts.latest', {
            number: String(model.versionCount),
            version: model.latestVersion,
          })
        : String(model.versionCount),
    },
    {
      name: t('overview.facts.updated'),
      value: model.updatedAt ? <Age time={model.updatedAt} /> : none,
    },
    {
      name: t('overview.facts.source'),
      value: (
        <>
          {model.source}
          {model.links.map(({ title, url }) => (
            <Box key={url}>
              <ExternalLink title={title} url={url} />
            </Box>
          ))}
        </>
      ),
    },
  ];
  return (
    <Section
      title={t('overview.purpose.title')}
      actions={model.stale && <StaleChip syncedAt={model.syncedAt} />}
    >
      {model.description ? (
        <Box sx={{ maxHeight: 420, overflowY: 'auto' }}>
          <SafeMarkdown content={model.description} />
        </Box>
      ) : (
        <Nothing>{t('overview.purpose.empty')}</Nothing>
      )}
      <Divider sx={{ my: 2 }} />
      <FactList facts={facts} />
      {tags.length > 0 && (
        <Box
          component="ul"
          aria-label={t('overview.facts.tags')}
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 0.75,
            listStyle: 'none',
            p: 0,
            m: 0,
            mt: 2,
          }}
        >
          {tags.map(([key, value]) => (
            <Box component="li" key={key} sx={{ minWidth: 0 }}>
              {key.length + value.length <= SHORT_TAG ? (
                <Chip
                  size="small"
                  variant="outlined"
                  label={value ? `${key}: ${value}` : key}
                  sx={{ m: 0 }}
                />
              ) : (
                <Box sx={{ typography: 'caption' }}>
                  <LongText text={`${key}: ${value}`} limit={120} />
                </Box>
              )}
            </Box>
          ))}
        </Box>
      )}
    </Section>
  );
}
