import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button, { ButtonProps } from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { FormEvent, ReactNode, useId } from 'react';
import { promotionTranslationRef } from './messages';
import { useFocusBack } from './useFocusBack';

/** A form in a dialog that stays open with what was written where sending it fails. */
export function FormDialog(props: {
  title: string;
  text?: ReactNode;
  send: string;
  colour?: ButtonProps['color'];
  disabled: boolean;
  error?: string;
  wide?: boolean;
  onClose: () => void;
  onSend: () => void;
  children?: ReactNode;
}) {
  const { title, text, send, colour, disabled, error, wide } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const id = useId();
  useFocusBack();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSend();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      aria-labelledby={id}
      fullWidth
      maxWidth={wide ? 'md' : 'sm'}
    >
      {/* A column, so that what is asked scrolls between the title and the buttons. */}
      <Box
        component="form"
        onSubmit={submit}
        sx={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}
      >
        <DialogTitle id={id} sx={{ overflowWrap: 'anywhere' }}>
          {title}
        </DialogTitle>
        <DialogContent>
          {text && (
            <DialogContentText sx={{ mb: 1.5 }}>{text}</DialogContentText>
          )}
          {props.children}
          {error && (
            <Alert severity="error" role="alert" sx={{ mt: 1 }}>
              {t('dialog.failed', { message: error })}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose}>{t('dialog.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            color={colour}
            disabled={disabled}
          >
            {send}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
