import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { versionTranslationRef } from './messages';

/** Chooses the version that is held against the baseline, where there are several. */
export function OtherVersionToggle(props: {
  label: string;
  others: string[];
  version: string;
  onChange: (version: string) => void;
}) {
  const { label, others, version, onChange } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  return others.length < 2 ? null : (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={version}
      onChange={(_event, value: string | null) =>
        value !== null && onChange(value)
      }
      aria-label={label}
    >
      {others.map(other => (
        <ToggleButton key={other} value={other}>
          {t('compare.version', { version: other })}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
