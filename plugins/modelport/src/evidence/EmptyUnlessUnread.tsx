import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Skeleton from '@mui/material/Skeleton';
import { ReactNode, useEffect, useRef } from 'react';
import { modelportApiRef, ModelId } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { EmptyState } from '../components/EmptyState';
import { evidenceTranslationRef } from './messages';

/** How often it is asked whether the files were looked through meanwhile. */
const AGAIN_MS = 5_000;

/**
 * What an empty page says, which is another thing as long as the version's files were not looked through: that is said,
 * and asked again from time to time.
 */
export function EmptyUnlessUnread(props: {
  id: ModelId;
  version: string;
  /** Told once they were. */
  onRead: () => void;
  againMs?: number;
  children: ReactNode;
}) {
  const { id, version, onRead, againMs = AGAIN_MS, children } = props;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, retry } = useLoad(JSON.stringify([id, version]), () =>
    api.listEvidence(id, version, { limit: 1 }),
  );
  const isUnread = value && !value.lookedThrough;
  const latest = useRef(onRead);
  const wasUnread = useRef(false);
  useEffect(() => {
    latest.current = onRead;
  });
  useEffect(() => {
    if (wasUnread.current && isUnread === false) {
      latest.current();
    }
    wasUnread.current = isUnread === true;
  }, [isUnread]);
  useEffect(() => {
    if (!isUnread) {
      return undefined;
    }
    const timer = setInterval(retry, againMs);
    return () => clearInterval(timer);
  }, [isUnread, retry, againMs]);
  if (!value && !error) {
    return <Skeleton variant="rectangular" height={200} />;
  }
  return isUnread ? (
    <EmptyState
      title={t('reading.title', { version })}
      text={t('reading.text')}
    />
  ) : (
    <>{children}</>
  );
}
