import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useState } from 'react';
import { ModelId } from '../api/modelportApi';
import { LineageDifferenceSection } from '../lineage/LineageDifferenceSection';
import { versionTranslationRef } from './messages';
import { OtherVersionToggle } from './OtherVersionToggle';

/** What a version was made from and the baseline was not; of several versions one at a time. */
export function ComparedLineage(props: { id: ModelId; versions: string[] }) {
  const { id, versions } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const [baseline, ...others] = versions;
  const [chosen, setChosen] = useState<string>();
  const version = others.find(other => other === chosen) ?? others[0];
  return (
    <LineageDifferenceSection
      id={id}
      baseline={baseline}
      version={version}
      actions={
        <OtherVersionToggle
          label={t('compare.lineage.of')}
          others={others}
          version={version}
          onChange={setChosen}
        />
      }
    />
  );
}
