import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Source } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useState } from 'react';
import { sourceTranslationRef } from './messages';

/** How the backend says that it refused to retire what is gone. */
const REFUSED = /retire|retirement/i;

/** Whether the last pass refused to retire what is gone. */
export function isRetirementRefused(source: Source): boolean {
  return source.errors.some(({ message }) => REFUSED.test(message));
}

/** Where a pass refused to retire much at once: says so, and offers to accept it, after asking again. */
export function RetirementNotice(props: {
  source: Source;
  accept?: () => void;
}) {
  const { source, accept } = props;
  const { t } = useTranslationRef(sourceTranslationRef);
  const titleId = useId();
  const [open, setOpen] = useState(false);
  if (!isRetirementRefused(source)) {
    return null;
  }
  return (
    <>
      <Alert
        severity="warning"
        action={
          accept && (
            <Button color="inherit" size="small" onClick={() => setOpen(true)}>
              {t('retirement.button')}
            </Button>
          )
        }
      >
        {t('retirement.text')}
      </Alert>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        aria-labelledby={titleId}
      >
        <DialogTitle id={titleId}>
          {t('retirement.title', { source: source.id })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText>{t('retirement.confirm')}</DialogContentText>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)}>
            {t('retirement.cancel')}
          </Button>
          <Button
            color="error"
            onClick={() => {
              setOpen(false);
              accept?.();
            }}
          >
            {t('retirement.accept')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
