import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { ModelId, ModelportApi, modelportApiRef } from '../api/modelportApi';
import { saveFile } from '../components/saveFile';
import { lineageTranslationRef } from './messages';

/** Saves what the page shows as OpenLineage events. */
export function OpenLineageButton(props: {
  id: ModelId;
  query: Parameters<ModelportApi['exportOpenLineage']>[1];
  fileName: string;
}) {
  const { id, query, fileName } = props;
  const { t } = useTranslationRef(lineageTranslationRef);
  const api = useApi(modelportApiRef);
  const [failure, setFailure] = useState<string>();
  const save = async () => {
    setFailure(undefined);
    try {
      const events = await api.exportOpenLineage(id, query);
      const text = JSON.stringify(events, null, 2);
      saveFile(
        new Blob([text], { type: 'application/json' }),
        `${fileName}.json`,
      );
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      {failure !== undefined && (
        <Typography variant="body2" color="error" role="alert">
          {t('exports.failed', { message: failure })}
        </Typography>
      )}
      <Button size="small" startIcon={<DownloadIcon />} onClick={save}>
        {t('exports.openLineage')}
      </Button>
    </>
  );
}
