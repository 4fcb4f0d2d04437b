import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Evidence } from '@modelport/plugin-modelport-common';
import { Age } from '../components/Age';
import { Quiet } from '../components/Quiet';
import { evidenceTranslationRef } from './messages';

/** From whom the documents are that the portal computes itself. */
const COMPUTED_BY = 'modelport:monitor';

/** When and by what a document was made, as far as it says so. */
export function EvidenceProducer(props: {
  item: Pick<Evidence, 'producer' | 'producedAt' | 'origin'>;
}) {
  const { producer, producedAt, origin } = props.item;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const name = producer && [producer.name, producer.version].join(' ').trim();
  if (producedAt && origin.by === COMPUTED_BY) {
    // It states the end of its data, so that the same data give the same bytes whenever they are computed.
    return <>{t('computed', { time: <Age time={producedAt} /> })}</>;
  }
  if (producedAt && name) {
    return (
      <>
        {t('producedAt', {
          time: <Age time={producedAt} />,
          producer: name,
        })}
      </>
    );
  }
  if (producedAt) {
    return <Age time={producedAt} />;
  }
  return name ? <>{name}</> : <Quiet>{t('producedUnknown')}</Quiet>;
}

/** Where a document came from. */
export function EvidenceOrigin(props: { origin: Evidence['origin'] }) {
  const { type, path, by, byName } = props.origin;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const pusher = byName === undefined ? by ?? '' : t('token', { name: byName });
  if (type === 'artefact') {
    return <>{t('artefact', { path: path ?? '' })}</>;
  }
  return path ? (
    <>{t('pushedFile', { path, by: pusher })}</>
  ) : (
    <>{t('pushed', { by: pusher })}</>
  );
}
