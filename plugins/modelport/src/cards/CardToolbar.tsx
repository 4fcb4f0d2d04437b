import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model, Version } from '@modelport/plugin-modelport-common';
import DownloadIcon from '@mui/icons-material/Download';
import PrintIcon from '@mui/icons-material/Print';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { messageOf } from '../components/FailedState';
import { saveFile } from '../components/saveFile';
import { cardTranslationRef } from './messages';
import { useCardView } from './useCardView';
import { useFieldName } from './useFieldName';

/** Versions that can be chosen; older ones by their address. */
const MOST_VERSIONS = 100;

const FORMATS = [
  {
    format: 'huggingface',
    key: 'markdown',
    ending: 'md',
    type: 'text/markdown',
  },
  {
    format: 'cyclonedx',
    key: 'cyclonedx',
    ending: 'cdx.json',
    type: 'application/json',
  },
  {
    format: 'modelcardtoolkit',
    key: 'toolkit',
    ending: 'mct.json',
    type: 'application/json',
  },
] as const;

/** Chooses the version and what it is compared to, and takes the card away as a file or on paper. */
export function CardToolbar(props: { model: Model; version: string }) {
  const { model, version } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const api = useApi(modelportApiRef);
  const view = useCardView();
  const fieldName = useFieldName();
  const [saved, setSaved] = useState<{
    severity: 'info' | 'error';
    text: string;
  }>();
  const id = { source: model.source, name: model.name };
  const { value } = useLoad(JSON.stringify(id), () =>
    api.listVersions(id, { limit: MOST_VERSIONS }),
  );
  const listed = value?.items ?? [];
  const names = [
    ...new Set([
      version,
      ...(view.baseline ? [view.baseline] : []),
      ...listed.map(item => item.version),
    ]),
  ];
  const label = (name: string) => {
    const aliases = aliasesOf(listed, name);
    return aliases.length > 0
      ? t('aliased', { version: name, aliases: aliases.join(', ') })
      : name;
  };
  const download = async (wanted: (typeof FORMATS)[number]) => {
    const format = t(`export.${wanted.key}`);
    try {
      const { text, notHeld } = await api.exportCard(
        id,
        version,
        wanted.format,
      );
      saveFile(
        new Blob([text], { type: `${wanted.type};charset=utf-8` }),
        `${model.name}-${version}.${wanted.ending}`,
      );
      setSaved({
        severity: 'info',
        text:
          notHeld.length > 0
            ? t('export.notHeld', {
                format,
                fields: notHeld.map(fieldName).join(', '),
              })
            : t('export.complete', { format }),
      });
    } catch (error) {
      setSaved({
        severity: 'error',
        text: t('export.failed', {
          format,
          message: error instanceof Error ? messageOf(error) : String(error),
        }),
      });
    }
  };
  return (
    <Box className="modelport-not-printed">
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
      >
        <TextField
          select
          size="small"
          label={t('version')}
          value={version}
          onChange={event => view.setVersion(event.target.value)}
          SelectProps={{ native: true }}
          sx={{ minWidth: 160 }}
        >
          {names.map(name => (
            <option key={name} value={name}>
              {label(name)}
            </option>
          ))}
        </TextField>
        <TextField
          select
          size="small"
          label={t('compareWith')}
          value={view.baseline ?? ''}
          onChange={event => view.setBaseline(event.target.value || undefined)}
          SelectProps={{ native: true }}
          InputLabelProps={{ shrink: true }}
          sx={{ minWidth: 160, flexGrow: 0, mr: 'auto' }}
        >
          <option value="">{t('compareNone')}</option>
          {names
            .filter(name => name !== version)
            .map(name => (
              <option key={name} value={name}>
                {label(name)}
              </option>
            ))}
        </TextField>
        {FORMATS.map(wanted => (
          <Button
            key={wanted.format}
            size="small"
            startIcon={<DownloadIcon />}
            onClick={() => download(wanted)}
            aria-label={t('export.label', {
              format: t(`export.${wanted.key}`),
            })}
          >
            {t(`export.${wanted.key}`)}
          </Button>
        ))}
        <Button
          size="small"
          startIcon={<PrintIcon />}
          onClick={() => window.print()}
        >
          {t('export.print')}
        </Button>
      </Box>
      {saved && (
        <Alert
          severity={saved.severity}
          role={saved.severity === 'error' ? 'alert' : 'status'}
          onClose={() => setSaved(undefined)}
          sx={{ mt: 1, overflowWrap: 'anywhere' }}
        >
          {saved.text}
        </Alert>
      )}
    </Box>
  );
}

function aliasesOf(versions: Version[], name: string): string[] {
  return versions.find(({ version }) => version === name)?.aliases ?? [];
}
