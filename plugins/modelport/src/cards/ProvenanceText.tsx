import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CardProvenance } from '@modelport/plugin-modelport-common';
import { Age } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { Quiet } from '../components/Quiet';
import { cardTranslationRef } from './messages';

/** Where a field comes from, by whom, and how old it is. */
export function ProvenanceText(props: { provenance: CardProvenance }) {
  const { from, by, at, evidence } = props.provenance;
  const { t } = useTranslationRef(cardTranslationRef);
  return (
    <Quiet style={{ fontSize: '0.8em' }}>
      {from === 'written' && by
        ? t('provenance.writtenBy', { by: <EntityText text={by} /> })
        : t(`provenance.${from}`)}
      {at && (
        <>
          {' · '}
          <Age time={at} />
        </>
      )}
      {evidence && (
        <span title={evidence}>
          {' · '}
          {t('provenance.evidence', { digest: evidence.slice(0, 12) })}
        </span>
      )}
    </Quiet>
  );
}
