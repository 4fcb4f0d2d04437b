import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  AlertRule,
  AlertRules,
  AlertRulesPreview,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import { modelportApiRef, ModelId } from '../api/modelportApi';
import { messageOf } from '../components/FailedState';
import { AlertRuleForm } from './AlertRuleForm';
import { monitoringTranslationRef } from './messages';
import { RulesPreview } from './RulesPreview';

/** Takes the rules of a model, and tries them on the past. */
export function AlertRulesDialog(props: {
  id: ModelId;
  rules: AlertRules;
  onEnd: (changed: boolean) => void;
}) {
  const { id, rules, onEnd } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const api = useApi(modelportApiRef);
  const [items, setItems] = useState<AlertRule[]>(rules.items);
  const [preview, setPreview] = useState<AlertRulesPreview>();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const change = (next: AlertRule[]) => {
    setItems(next);
    setPreview(undefined);
  };
  const run = (what: () => Promise<void>) => async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await what();
    } catch (caught) {
      setFailure(
        messageOf(caught instanceof Error ? caught : new Error(String(caught))),
      );
    }
    setBusy(false);
  };
  const add = () =>
    change([
      ...items,
      { id: freeName(items), category: 'drift', windows: 1, actions: [] },
    ]);
  return (
    <Dialog open onClose={() => onEnd(false)} fullWidth maxWidth="md">
      <DialogTitle>{t('rules.dialog')}</DialogTitle>
      <DialogContent
        sx={{ display: 'flex', flexDirection: 'column', gap: 2, pt: 1 }}
      >
        {failure !== undefined && (
          <Alert severity="error">
            {t('rules.failed', { message: failure })}
          </Alert>
        )}
        {items.map((rule, place) => (
          <AlertRuleForm
            key={place}
            rule={rule}
            statistics={rules.statistics}
            actions={rules.actions}
            onChange={next =>
              change(items.map((one, at) => (at === place ? next : one)))
            }
            onRemove={() => change(items.filter((_one, at) => at !== place))}
          />
        ))}
        <Box>
          <Button size="small" onClick={add}>
            {t('rules.add')}
          </Button>
        </Box>
      </DialogContent>
      {preview && (
        // Beside the buttons, so that it is seen however many rules there are.
        <Box sx={{ maxHeight: '30vh', overflow: 'auto', px: 3, pt: 1 }}>
          <RulesPreview preview={preview} />
        </Box>
      )}
      <DialogActions>
        <Button onClick={() => onEnd(false)}>{t('rules.cancel')}</Button>
        <Button
          disabled={busy || items.length === 0}
          onClick={run(async () =>
            setPreview(await api.previewAlertRules(id, items)),
          )}
        >
          {t('rules.preview')}
        </Button>
        <Button
          variant="contained"
          disabled={busy}
          onClick={run(async () => {
            await api.putAlertRules(id, items);
            onEnd(true);
          })}
        >
          {t('rules.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function freeName(items: AlertRule[]): string {
  const taken = new Set(items.map(({ id }) => id));
  // Of one more name than there are rules, one is free.
  const names = ['rule', ...items].map((_item, at) => `rule-${at + 1}`);
  return names.find(name => !taken.has(name)) ?? 'rule';
}
