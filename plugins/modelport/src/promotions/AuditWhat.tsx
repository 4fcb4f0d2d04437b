import { Link } from '@backstage/core-components';
import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { AuditEntry } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { ReactNode } from 'react';
import { Day } from '../components/Age';
import { LongText } from '../components/LongText';
import { QuietLine } from '../components/Quiet';
import { VersionLink } from '../models/VersionLink';
import { auditMessages, firstMessages } from './auditMessages';
import { promotionTranslationRef } from './messages';
import { usePromotionPaths } from './usePromotionPaths';

/** Details that are words of whoever did it, or of the portal. */
const WORDS = ['reason', 'comment', 'text', 'message', 'control'] as const;

/** What an entry says that was done, to which model and version, in which promotion; the entry itself behind a fold. */
export function AuditWhat(props: {
  entry: AuditEntry;
  /** Of the model that it is about; absent where the catalog has none. */
  entityRef?: string;
  /** Leaves out what all of them are about. */
  ofOnePromotion?: boolean;
}) {
  const { entry, entityRef, ofOnePromotion } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const paths = usePromotionPaths();
  const { name, version, environment, promotion } = entry;
  const { gate, expiresAt, conditions } = entry.detail;
  const what = version
    ? t('audit.version', { name: name ?? '', version })
    : name;
  const words = WORDS.map(word => entry.detail[word]).filter(
    (word): word is string => typeof word === 'string' && word !== '',
  );
  return (
    <>
      {saidOf(entry, t)}
      {!ofOnePromotion && name && (
        <QuietLine>
          <Subject {...{ entityRef, version }}>{what}</Subject>{' '}
          {environment && t('audit.inEnvironment', { environment })}
          {promotion && paths && (
            <>
              {', '}
              <Link to={paths.review(promotion)}>
                {t('audit.promotion', { id: promotion })}
              </Link>
            </>
          )}
        </QuietLine>
      )}
      {typeof gate === 'string' && (
        <QuietLine>
          {typeof expiresAt === 'string'
            ? t('audit.gateUntil', { gate, until: <Day time={expiresAt} /> })
            : t('audit.gate', { gate })}
        </QuietLine>
      )}
      {Array.isArray(conditions) && conditions.length > 0 && (
        <QuietLine>
          {t('audit.conditions', { count: conditions.length })}
        </QuietLine>
      )}
      {words.map(word => (
        <Box key={word} sx={{ mt: 0.25 }}>
          <LongText text={word} limit={200} />
        </Box>
      ))}
      <Box component="details" sx={{ color: 'text.secondary', mt: 0.25 }}>
        <summary>{t('audit.entry')}</summary>
        <Box
          component="pre"
          sx={{ m: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
        >
          {JSON.stringify(
            { ...entry, detail: withoutNulls(entry.detail) },
            null,
            2,
          )}
        </Box>
      </Box>
    </>
  );
}

/** The page of the model, or of its version, that an entry is about. */
function Subject(props: {
  entityRef: string | undefined;
  version: string | null;
  children: ReactNode;
}) {
  const { entityRef, version, children } = props;
  if (!entityRef) {
    return <>{children}</>;
  }
  return version ? (
    <VersionLink entityRef={entityRef} version={version}>
      {children}
    </VersionLink>
  ) : (
    <EntityRefLink entityRef={entityRef} disableTooltip>
      {children}
    </EntityRefLink>
  );
}

/** What was done, in words where there are some. */
function saidOf(
  { action, detail }: AuditEntry,
  t: TranslationFunction<typeof promotionTranslationRef.T>,
): string {
  const key = action.replace('.', '_');
  if (detail.before === null && isIn(firstMessages, key)) {
    return t(`audit.first.${key}`);
  }
  return isIn(auditMessages, key) ? t(`audit.done.${key}`) : action;
}

function isIn<T extends object>(
  messages: T,
  key: string,
): key is keyof T & string {
  return Object.hasOwn(messages, key);
}

/** What is null says nothing of what was done. */
function withoutNulls(detail: AuditEntry['detail']) {
  return Object.fromEntries(
    Object.entries(detail).filter(([, value]) => value !== null),
  );
}
