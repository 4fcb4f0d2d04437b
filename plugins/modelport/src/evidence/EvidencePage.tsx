import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  EvidenceDocument,
  findEvidenceKind,
} from '@modelport/plugin-modelport-common';
import BackIcon from '@mui/icons-material/ArrowBack';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Helmet } from 'react-helmet';
import { useSearchParams } from 'react-router-dom';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { FactList } from '../components/FactList';
import { FailedState } from '../components/FailedState';
import { formatBytes } from '../components/formatFigure';
import { LinkButton } from '../components/LinkButton';
import { componentTranslationRef } from '../components/messages';
import { Section } from '../components/Section';
import { EvidenceBody } from './EvidenceBody';
import { EvidenceOrigin, EvidenceProducer } from './EvidenceOrigin';
import { evidenceTranslationRef } from './messages';
import { useDownload } from './useDownload';

/** One document at its own address: where it comes from, what was read of it, and its bytes. */
export function EvidencePage(props: {
  id: ModelId;
  version: string;
  digest: string;
  /** Address of the version that it is about. */
  back: string;
}) {
  const { id, version, digest, back } = props;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const api = useApi(modelportApiRef);
  const [params] = useSearchParams();
  const kind = params.get('kind');
  const holdsRows = kind !== null && !!findEvidenceKind(kind)?.hasRows;
  const [isAsked, setIsAsked] = useState(false);
  const isLoading = isAsked || !holdsRows;
  const { value, error, retry } = useLoad(
    isLoading ? JSON.stringify(['evidence', digest]) : undefined,
    () => api.getEvidence(digest),
  );
  const about = value && entryOf(value, id, version);
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
      <Helmet
        title={t('page.browserTitle', {
          kind: about?.kind ?? kind ?? '',
          version,
        })}
      />
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
      >
        <LinkButton size="small" to={back} startIcon={<BackIcon />}>
          {t('page.back', { version })}
        </LinkButton>
        <Typography variant="h5" component="h2" sx={{ mb: 0 }}>
          {t('page.title', { kind: about?.kind ?? kind ?? '' })}
        </Typography>
      </Box>
      {error && <FailedState error={error} retry={retry} />}
      {!isLoading && (
        <Alert
          severity="info"
          action={
            <Button
              color="inherit"
              size="small"
              onClick={() => setIsAsked(true)}
            >
              {t('page.openRows')}
            </Button>
          }
        >
          {t('page.rows')}
        </Alert>
      )}
      {isLoading && !value && !error && (
        <Box role="status" aria-label={tComponent('loading')}>
          <Skeleton variant="rectangular" height={160} sx={{ mb: 2 }} />
          <Skeleton variant="rectangular" height={400} />
        </Box>
      )}
      {value && about && (
        <Loaded document={value} about={about} id={id} version={version} />
      )}
    </Box>
  );
}

type Entry = EvidenceDocument['versions'][number]['evidence'];

function Loaded(props: {
  document: EvidenceDocument;
  about: Entry;
  id: ModelId;
  version: string;
}) {
  const { document, about, id, version } = props;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const { download, failure } = useDownload();
  const others = document.versions.filter(({ of }) => !isOf(of, id, version));
  const none = t('producedUnknown');
  const hasBytes = !findEvidenceKind(about.kind)?.hasRows;
  return (
    <>
      <Section
        title={t('page.facts')}
        actions={
          hasBytes && (
            <Button
              size="small"
              startIcon={<DownloadIcon />}
              onClick={() => download(about)}
            >
              {t('page.download')}
            </Button>
          )
        }
      >
        {failure && (
          <Alert severity="error" sx={{ mb: 1 }}>
            {t('downloadFailed', { message: failure })}
          </Alert>
        )}
        <FactList
          facts={[
            { name: t('kind'), value: about.kind },
            {
              name: t('page.schemaVersion'),
              value: about.schemaVersion ?? none,
            },
            { name: t('produced'), value: <EvidenceProducer item={about} /> },
            { name: t('received'), value: <Age time={about.receivedAt} /> },
            {
              name: t('origin'),
              value: <EvidenceOrigin origin={about.origin} />,
            },
            { name: t('reader'), value: about.reader ?? none },
            { name: t('size'), value: formatBytes(about.size) },
            { name: t('page.mediaType'), value: about.mediaType },
            { name: t('digest'), value: <code>{document.digest}</code> },
            ...(others.length > 0
              ? [
                  {
                    name: t('page.others'),
                    value: others.map(({ of }) => (
                      <Box key={`${of.source} ${of.name} ${of.version}`}>
                        {t('page.versionOf', { ...of })}
                      </Box>
                    )),
                  },
                ]
              : []),
          ]}
        />
      </Section>
      {about.status === 'unreadable' ? (
        <Alert severity="error">
          {t('unreadable', { message: about.message ?? '' })}
          {hasBytes && (
            <>
              <br />
              {t('page.kept')}
            </>
          )}
        </Alert>
      ) : (
        <Section title={t('page.body')}>
          {about.message !== null && (
            <Alert severity="warning" sx={{ mb: 1 }}>
              {t('partly', { message: about.message })}
            </Alert>
          )}
          <EvidenceBody body={document.body} />
        </Section>
      )}
    </>
  );
}

function entryOf(
  document: EvidenceDocument,
  id: ModelId,
  version: string,
): Entry | undefined {
  const own = document.versions.find(({ of }) => isOf(of, id, version));
  return (own ?? document.versions.at(0))?.evidence;
}

function isOf(
  of: EvidenceDocument['versions'][number]['of'],
  id: ModelId,
  version: string,
): boolean {
  return (
    of.source === id.source && of.name === id.name && of.version === version
  );
}
