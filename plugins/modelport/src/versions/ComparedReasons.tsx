import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useState } from 'react';
import { ModelId } from '../api/modelportApi';
import { CompareSection } from '../explanations/CompareSection';
import { versionTranslationRef } from './messages';
import { OtherVersionToggle } from './OtherVersionToggle';

/** How the explanation moved from the baseline; of several versions one at a time. */
export function ComparedReasons(props: { id: ModelId; versions: string[] }) {
  const { id, versions } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const [baseline, ...others] = versions;
  const [chosen, setChosen] = useState<string>();
  const version = others.find(other => other === chosen) ?? others[0];
  return (
    <CompareSection
      id={id}
      version={version}
      baseline={baseline}
      title={t('compare.reasons.title', { baseline, version })}
      actions={
        <OtherVersionToggle
          label={t('compare.reasons.of')}
          others={others}
          version={version}
          onChange={setChosen}
        />
      }
    />
  );
}
