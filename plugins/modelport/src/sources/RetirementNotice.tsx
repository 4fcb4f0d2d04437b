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
import { modelportTranslationRef } from '../translation';

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
  const { t } = useTranslationRef(modelportTranslationRef);
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
              {t('sources.retirement.button')}
            </Button>
          )
        }
      >
        {t('sources.retirement.text')}
      </Alert>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        aria-labelledby={titleId}
      >
        <DialogTitle id={titleId}>
          {t('sources.retirement.title', { source: source.id })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText>
            {t('sources.retirement.confirm')}
          </DialogContentText>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)}>
            {t('sources.retirement.cancel')}
          </Button>
          <Button
            color="error"
            onClick={() => {
              setOpen(false);
              accept?.();
            }}
          >
            {t('sources.retirement.accept')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
