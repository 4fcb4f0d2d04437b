import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, isPlaceholder } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import { FormEvent, useId, useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { messageOf } from '../components/FailedState';
import { CARD_GROUPS } from './cardGroups';
import { ContradictionsAlert } from './ContradictionsAlert';
import { cardTranslationRef } from './messages';
import { reasonsOf } from './reasonsOf';
import { useFieldName } from './useFieldName';

/** Says who attests, so that there is nothing to attest. */
const ABOUT_ATTESTING = ['attestedBy', 'attestedAt'];

/** Between the fields, which scroll, and the buttons: in sight whatever was chosen. */
const BELOW = { px: 3, pt: 1, flexShrink: 0, maxHeight: '30vh' };

/** Asks for which fields the reader vouches, and records it; stays open with what was chosen where that fails. */
export function AttestDialog(props: {
  id: ModelId;
  version: string;
  card: Card & { revision: string };
  onClose: () => void;
  onAttested: () => void;
}) {
  const { id, version, card, onClose, onAttested } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const api = useApi(modelportApiRef);
  const fieldName = useFieldName();
  const titleId = useId();
  const paths = attestablePaths(card);
  const contradicted = new Set(
    card.contradictions.map(({ path }) => path.split('.')[0]),
  );
  const asked = new Set(
    card.completeness.missing
      .filter(({ reason }) => reason === 'unattested' || reason === 'outdated')
      .map(({ path }) => path),
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string>();

  const needed = paths.filter(path => asked.has(path));
  const choose = (path: string, isChosen: boolean) =>
    setChosen(
      new Set(
        isChosen
          ? [...chosen, path]
          : [...chosen].filter(other => other !== path),
      ),
    );
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setError(undefined);
    try {
      await api.attestCard({ source: id.source, name: id.name }, version, {
        paths: [...chosen],
        revision: card.revision,
      });
      onAttested();
    } catch (cause) {
      setError(cause instanceof Error ? messageOf(cause) : String(cause));
      setSending(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby={titleId}
      fullWidth
      maxWidth="sm"
    >
      <Box
        component="form"
        onSubmit={send}
        sx={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}
      >
        <DialogTitle id={titleId}>
          {t('attesting.title', { version })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>
            {t('attesting.text')}
          </DialogContentText>
          <FormGroup role="group" aria-label={t('attesting.fields')}>
            <FormControlLabel
              control={
                <Checkbox
                  checked={paths.length > 0 && chosen.size === paths.length}
                  indeterminate={chosen.size > 0 && chosen.size < paths.length}
                  onChange={(_, isChosen) =>
                    setChosen(new Set(isChosen ? paths : []))
                  }
                />
              }
              label={t('attesting.all')}
            />
            {needed.length > 0 && needed.length < paths.length && (
              <FormControlLabel
                control={
                  <Checkbox
                    checked={needed.every(path => chosen.has(path))}
                    onChange={(_, isChosen) =>
                      setChosen(
                        new Set([
                          ...[...chosen].filter(path => !asked.has(path)),
                          ...(isChosen ? needed : []),
                        ]),
                      )
                    }
                  />
                }
                label={t('attesting.allAsked', {
                  number: String(needed.length),
                })}
              />
            )}
            {paths.map(path => (
              <FormControlLabel
                key={path}
                sx={{ ml: 1 }}
                control={
                  <Checkbox
                    size="small"
                    checked={chosen.has(path)}
                    onChange={(_, isChosen) => choose(path, isChosen)}
                  />
                }
                label={
                  <>
                    {asked.has(path)
                      ? t('attesting.asked', { field: fieldName(path) })
                      : fieldName(path)}
                    {contradicted.has(path) && (
                      <Box component="strong" sx={{ ml: 1 }}>
                        {t('contradictions.mark')}
                      </Box>
                    )}
                  </>
                }
              />
            ))}
          </FormGroup>
        </DialogContent>
        {[...contradicted].some(path => chosen.has(path)) && (
          <Box sx={{ ...BELOW, overflowY: 'auto' }}>
            <ContradictionsAlert
              contradictions={card.contradictions}
              version={version}
            />
          </Box>
        )}
        {error && (
          <Box sx={BELOW}>
            <Alert severity="error" role="alert">
              {t('attesting.failed', { message: error })}
            </Alert>
          </Box>
        )}
        <DialogActions>
          <Button onClick={onClose}>{t('attesting.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            disabled={sending || chosen.size === 0}
          >
            {t('attesting.send', { count: chosen.size })}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}

/** Fields that say something, or why they do not apply, in the order in which people read them. */
function attestablePaths(card: Card): string[] {
  const reasons = reasonsOf(card);
  return CARD_GROUPS.flatMap(({ paths }): readonly string[] => paths).filter(
    path =>
      !ABOUT_ATTESTING.includes(path) &&
      (Object.hasOwn(card.fields, path)
        ? !isPlaceholder(card.fields[path].value)
        : reasons.has(path)),
  );
}
