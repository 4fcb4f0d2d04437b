import { Link } from '@backstage/core-components';
import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { AuditEntry } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { LongText } from '../components/LongText';
import { QuietLine } from '../components/Quiet';
import { modelsRouteRef } from '../routes';
import { auditMessages } from './auditMessages';
import { promotionTranslationRef } from './messages';
import { usePromotionPaths } from './usePromotionPaths';

/** Details that are words of whoever did it, or of the portal. */
const WORDS = ['reason', 'comment', 'text', 'message', 'control'] as const;

type Known = keyof typeof auditMessages;

/** What an entry says that was done, to which model and version, in which promotion; the entry itself behind a fold. */
export function AuditWhat(props: {
  entry: AuditEntry;
  /** Leaves out what all of them are about. */
  ofOnePromotion?: boolean;
}) {
  const { entry, ofOnePromotion } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const paths = usePromotionPaths();
  const models = useRouteRef(modelsRouteRef)?.();
  const { name, version, environment, promotion } = entry;
  const key = entry.action.replace('.', '_');
  const what = version
    ? t('audit.version', { name: name ?? '', version })
    : name;
  const words = WORDS.map(word => entry.detail[word]).filter(
    (word): word is string => typeof word === 'string' && word !== '',
  );
  return (
    <>
      {isKnown(key) ? t(`audit.done.${key}`) : entry.action}
      {!ofOnePromotion && name && (
        <QuietLine>
          {models ? (
            <Link to={`${models}?${new URLSearchParams({ q: name })}`}>
              {what}
            </Link>
          ) : (
            what
          )}{' '}
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

function isKnown(key: string): key is Known {
  return key in auditMessages;
}

/** What is null says nothing of what was done. */
function withoutNulls(detail: AuditEntry['detail']) {
  return Object.fromEntries(
    Object.entries(detail).filter(([, value]) => value !== null),
  );
}
