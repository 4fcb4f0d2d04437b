import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useVersionPaths } from '../versions/useVersionPaths';
import { cardTranslationRef } from './messages';

const SHORT_DIGEST = 12;

/** The way to a document of evidence, by the beginning of its digest. */
export function EvidenceLink(props: {
  version: string;
  digest: string;
  /** Kind of the document. */
  kind: string;
}) {
  const { version, digest, kind } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const paths = useVersionPaths();
  return (
    <Link to={paths.evidence(version, { digest, kind })} title={digest}>
      {t('provenance.evidence', { digest: digest.slice(0, SHORT_DIGEST) })}
    </Link>
  );
}
