import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import FileIcon from '@mui/icons-material/InsertDriveFileOutlined';
import FolderIcon from '@mui/icons-material/FolderOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { FailedState, messageOf } from '../components/FailedState';
import { formatBytes } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { saveFile } from '../components/saveFile';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { versionTranslationRef } from './messages';

/** Saves a file, or says why that failed. */
function useArtefactDownload(id: ModelId, version: string) {
  const api = useApi(modelportApiRef);
  const { t } = useTranslationRef(versionTranslationRef);
  const [failure, setFailure] = useState<string>();
  const download = async (path: string) => {
    setFailure(undefined);
    const name = path.slice(path.lastIndexOf('/') + 1);
    try {
      saveFile(await api.readArtefact(id, version, path), name);
    } catch (error) {
      const message = error instanceof Error ? messageOf(error) : String(error);
      setFailure(t('page.artefacts.failed', { name, message }));
    }
  };
  return { download, failure };
}

/** The artefacts of a version, a folder at a time; the address holds the folder. */
export function ArtefactsSection(props: { id: ModelId; version: string }) {
  const { id, version } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const api = useApi(modelportApiRef);
  const [params, setParams] = useSearchParams();
  const path = params.get('folder') ?? '';
  const { value, error, retry } = useLoad(
    JSON.stringify([id, version, path]),
    () => api.listArtefacts(id, version, path || undefined),
  );
  const { download, failure } = useArtefactDownload(id, version);
  const open = (folder: string) =>
    setParams(before => {
      const next = new URLSearchParams(before);
      if (folder) {
        next.set('folder', folder);
      } else {
        next.delete('folder');
      }
      return next;
    });
  const root = t('page.artefacts.root');
  const parent = path.split('/').slice(0, -1).join('/');
  return (
    <Section
      title={t('page.artefacts.title')}
      actions={
        value && (
          <Typography variant="caption" color="text.secondary">
            {t('page.artefacts.listedAt', {
              time: <Age time={value.listedAt} />,
            })}
          </Typography>
        )
      }
    >
      {path && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 1 }}>
          <Button size="small" onClick={() => open(parent)}>
            {t('page.artefacts.up', { path: parent || root })}
          </Button>
          <Box component="code" sx={{ overflowWrap: 'anywhere', py: 0.5 }}>
            {path}
          </Box>
        </Box>
      )}
      {failure && <Alert severity="error">{failure}</Alert>}
      {error && <FailedState error={error} retry={retry} />}
      {!value && !error && <TableSkeleton rows={3} rowHeight={36} />}
      {value?.message && <Alert severity="info">{value.message}</Alert>}
      {value?.items.length === 0 && (
        <Nothing>{t('page.artefacts.empty')}</Nothing>
      )}
      {value && value.items.length > 0 && (
        <ScrollTable
          caption={t('page.artefacts.table', { path: path || root })}
        >
          <TableHead>
            <TableRow>
              <TableCell>{t('page.artefacts.name')}</TableCell>
              <TableCell align="right">{t('page.artefacts.size')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {value.items.map(item => {
              const name = item.path.slice(path ? path.length + 1 : 0);
              const Icon = item.isFolder ? FolderIcon : FileIcon;
              return (
                <TableRow key={item.path}>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>
                    <Icon
                      aria-hidden
                      sx={{ fontSize: 16, mr: 1, verticalAlign: 'text-bottom' }}
                    />
                    {item.isFolder ? (
                      <Link
                        component="button"
                        type="button"
                        onClick={() => open(item.path)}
                        aria-label={t('page.artefacts.open', { name })}
                      >
                        {name}
                      </Link>
                    ) : (
                      <Link
                        component="button"
                        type="button"
                        onClick={() => download(item.path)}
                        aria-label={t('page.artefacts.download', { name })}
                      >
                        {name}
                      </Link>
                    )}
                  </TableCell>
                  <TableCell align="right">
                    {item.isFolder && t('page.artefacts.folder')}
                    {!item.isFolder && item.size !== null
                      ? formatBytes(item.size)
                      : ''}
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </ScrollTable>
      )}
    </Section>
  );
}
