import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { ExternalLink, safeUrl } from '../components/ExternalLink';
import { cardTranslationRef } from './messages';

/** The ways to where a card is written: its repository, and the pages of the registry. */
export function CardOrigins(props: {
  id: ModelId;
  version: string;
  /** Address of the repository; undefined where it is not known. */
  repository: string | undefined;
}) {
  const { id, version, repository } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const api = useApi(modelportApiRef);
  // An extra: without it the card stands by itself.
  const { value } = useLoad(JSON.stringify(['origins', id, version]), () =>
    api.getVersion(id, version),
  );
  return (
    <>
      {repository !== undefined && safeUrl(repository) && (
        <ExternalLink url={repository} title={t('edit')} />
      )}
      {value?.links
        .filter(({ url }) => safeUrl(url))
        .map(({ title, url }) => (
          <ExternalLink key={url} url={url} title={t('registry', { title })} />
        ))}
    </>
  );
}
