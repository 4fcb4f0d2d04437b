import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useState } from 'react';
import { ModelId } from '../api/modelportApi';
import { CompareSection } from '../explanations/CompareSection';
import { versionTranslationRef } from './messages';

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
        others.length > 1 && (
          <ToggleButtonGroup
            exclusive
            size="small"
            value={version}
            onChange={(_event, value: string | null) =>
              value !== null && setChosen(value)
            }
            aria-label={t('compare.reasons.of')}
          >
            {others.map(other => (
              <ToggleButton key={other} value={other}>
                {t('compare.version', { version: other })}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        )
      }
    />
  );
}
