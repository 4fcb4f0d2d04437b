import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CardProvenance } from '@modelport/plugin-modelport-common';
import { EntityText } from '../components/EntityText';
import { Quiet } from '../components/Quiet';
import { CardTime } from './CardTime';
import { EvidenceLink } from './EvidenceLink';
import { cardTranslationRef } from './messages';

/** Where a field comes from, by whom, and how old it is. */
export function ProvenanceText(props: {
  provenance: CardProvenance;
  version: string;
}) {
  const { provenance, version } = props;
  const { from, by, at, evidence, kind, nodes, file } = provenance;
  const { t } = useTranslationRef(cardTranslationRef);
  const origin = () => {
    if (from === 'written' && file && !by) {
      return file.versionBy
        ? t('provenance.writtenInFileOf', {
            path: file.path,
            version,
            by: <EntityText text={file.versionBy} />,
          })
        : t('provenance.writtenInFile', { path: file.path, version });
    }
    if (from === 'written') {
      return by
        ? t('provenance.writtenBy', { by: <EntityText text={by} /> })
        : t('provenance.written');
    }
    if (evidence) {
      return kind
        ? t('provenance.derivedFromKind', { kind })
        : t('provenance.derivedFromEvidence');
    }
    return nodes && nodes.length > 0
      ? t('provenance.derivedFromLineage')
      : t('provenance.derived');
  };
  return (
    <Quiet style={{ fontSize: '0.8em' }}>
      {origin()}
      {at && (
        <>
          {' · '}
          <CardTime time={at} />
        </>
      )}
      {file && !at && (
        <>
          {' · '}
          {t('provenance.readAt', { time: <CardTime time={file.readAt} /> })}
        </>
      )}
      {evidence && (
        <>
          {' · '}
          <EvidenceLink
            version={version}
            digest={evidence}
            kind={kind ?? 'card'}
          />
        </>
      )}
    </Quiet>
  );
}
