import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { AlertRulesPreview, Monitor } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { modelportApiRef, ModelId } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { messageOf } from '../components/FailedState';
import { monitoringTranslationRef } from './messages';
import {
  Draft,
  isDraft,
  problemOf,
  STATISTIC_OF,
  valueAt,
  DEFAULT_THRESHOLDS,
} from './monitorDraft';
import { MonitorForm } from './MonitorForm';
import { RulesPreview } from './RulesPreview';

const STARTER: Draft = {
  reference: { data: { artefact: '' } },
  current: { artefact: '' },
};

/** Takes a monitor in fields or as JSON, holds it to what the API asks of it, and tries its thresholds on the past. */
export function MonitorDialog(props: {
  id: ModelId;
  monitor: Monitor;
  onEnd: (changed: boolean) => void;
}) {
  const { id, monitor, onEnd } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const api = useApi(modelportApiRef);
  const [draft, setDraft] = useState<Draft>(monitor.definition ?? STARTER);
  // While it is edited as JSON, the text counts.
  const [text, setText] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [preview, setPreview] = useState<AlertRulesPreview>();
  const [busy, setBusy] = useState(false);
  const { version } = monitor;
  const signature = useLoad(JSON.stringify([id, version]), async () =>
    version === null ? null : (await api.getVersion(id, version)).signature,
  );

  /** The definition as it stands; undefined, and told why, where it is none. */
  const read = (): Draft | undefined => {
    if (text === undefined) {
      return draft;
    }
    try {
      const parsed: unknown = JSON.parse(text);
      if (isDraft(parsed)) {
        return parsed;
      }
      setFailure(t('computed.noJson', { message: '{…}' }));
    } catch (error) {
      setFailure(t('computed.noJson', { message: String(error) }));
    }
    return undefined;
  };
  const run =
    (
      failed: 'computed.notSaved' | 'rules.failed',
      what: (definition: Draft) => Promise<void>,
    ) =>
    async () => {
      setFailure(undefined);
      const definition = read();
      if (!definition) {
        return;
      }
      const problem = problemOf(definition);
      if (problem !== undefined) {
        setFailure(t('form.problem', { message: problem }));
        return;
      }
      setBusy(true);
      try {
        await what(definition);
      } catch (caught) {
        setFailure(
          t(failed, {
            message: messageOf(
              caught instanceof Error ? caught : new Error(String(caught)),
            ),
          }),
        );
      }
      setBusy(false);
    };
  return (
    <Dialog open onClose={() => onEnd(false)} fullWidth maxWidth="md">
      <DialogTitle>{t('computed.dialog')}</DialogTitle>
      <DialogContent
        sx={{ display: 'flex', flexDirection: 'column', gap: 3, pt: 1 }}
      >
        {text === undefined && !signature.value && signature.loading && (
          <Skeleton variant="rectangular" height={240} />
        )}
        {text === undefined && !signature.loading && (
          <MonitorForm
            draft={draft}
            signature={signature.value ?? null}
            onChange={next => {
              setDraft(next);
              setPreview(undefined);
            }}
          />
        )}
        {text !== undefined && (
          <TextField
            multiline
            minRows={14}
            maxRows={28}
            margin="dense"
            label={t('computed.definition')}
            helperText={t('computed.help')}
            value={text}
            onChange={event => setText(event.target.value)}
            inputProps={{
              spellCheck: false,
              style: { fontFamily: 'monospace' },
            }}
          />
        )}
        {preview && <RulesPreview preview={preview} />}
        {failure !== undefined && (
          <Alert severity="error" sx={{ whiteSpace: 'pre-line' }}>
            {failure}
          </Alert>
        )}
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap' }}>
        <Button
          sx={{ mr: 'auto' }}
          onClick={() => {
            setFailure(undefined);
            const definition = read();
            if (definition) {
              setDraft(definition);
              setText(
                text === undefined
                  ? JSON.stringify(definition, null, 2)
                  : undefined,
              );
            }
          }}
        >
          {text === undefined ? t('form.asJson') : t('form.asForm')}
        </Button>
        <Button onClick={() => onEnd(false)}>{t('computed.cancel')}</Button>
        <Button
          disabled={busy}
          onClick={run('rules.failed', async definition =>
            setPreview(await api.previewAlertRules(id, rulesOf(definition))),
          )}
        >
          {t('form.preview')}
        </Button>
        <Button
          variant="contained"
          disabled={busy}
          onClick={run('computed.notSaved', async definition => {
            await api.putMonitor(id, definition);
            onEnd(true);
          })}
        >
          {t('computed.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Rules that fire where the thresholds of a monitor are passed. */
function rulesOf(definition: Draft) {
  const defaults = new Map<string, number>(Object.entries(DEFAULT_THRESHOLDS));
  return [...STATISTIC_OF].map(([key, statistic]) => {
    const given = valueAt(definition, ['thresholds', key]);
    return {
      id: key,
      category: 'drift' as const,
      statistic,
      threshold: typeof given === 'number' ? given : defaults.get(key) ?? null,
      windows: 1,
      actions: [],
    };
  });
}
