import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import { componentTranslationRef } from './messages';

type Cause =
  | 'notAllowed'
  | 'notFound'
  | 'badRequest'
  | 'unreachable'
  | 'broken';

/** The status of an answer; undefined where there was none. */
export function statusOf(error: Error): number | undefined {
  return error instanceof ResponseError || error.name === 'ResponseError'
    ? readStatus(error)
    : undefined;
}

/** What the server said was wrong, without the words that a client adds around it. */
export function messageOf(error: Error): string {
  return error instanceof ResponseError ? error.cause.message : error.message;
}

function readStatus(error: Error): number | undefined {
  return 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

function causeOf(error: Error): Cause {
  const status = statusOf(error);
  if (status === undefined) {
    return error.name === 'NotFoundError' ? 'notFound' : 'unreachable';
  }
  if (status === 401 || status === 403) {
    return 'notAllowed';
  }
  if (status === 404) {
    return 'notFound';
  }
  return status < 500 ? 'badRequest' : 'broken';
}

/** Says in the reader's words why something could not be loaded, what was kept, and offers to try again. */
export function FailedState(props: {
  error: Error;
  retry?: () => void;
  /** Whether what was loaded before is still shown. */
  hasOldData?: boolean;
  children?: ReactNode;
}) {
  const { error, retry, hasOldData, children } = props;
  const { t } = useTranslationRef(componentTranslationRef);
  return (
    <Alert
      severity={hasOldData ? 'warning' : 'error'}
      role="alert"
      sx={{ overflowWrap: 'anywhere' }}
      action={
        retry && (
          <Button
            color="inherit"
            size="small"
            onClick={retry}
            sx={{ whiteSpace: 'nowrap' }}
          >
            {t('retry')}
          </Button>
        )
      }
    >
      <AlertTitle>{t('failed.title')}</AlertTitle>
      {t(`failed.${causeOf(error)}`)} {hasOldData && t('failed.keptOld')}
      <Typography variant="body2" sx={{ mt: 1, opacity: 0.8 }}>
        {t('failed.cause', { message: messageOf(error) })}
      </Typography>
      {children}
    </Alert>
  );
}
