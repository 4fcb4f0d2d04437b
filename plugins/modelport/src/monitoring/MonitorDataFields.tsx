import { useTranslationRef } from '@backstage/frontend-plugin-api';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { monitoringTranslationRef } from './messages';
import { Draft, isDraft, valueAt, withValue } from './monitorDraft';
import { MonitorField } from './MonitorField';

const KINDS = ['artefact', 'path', 'url', 'engine'] as const;

/** Where data lie: the kind of place, and the place. */
export function MonitorDataFields(props: {
  draft: Draft;
  path: readonly string[];
  label: string;
  /** What it means where no place is given. */
  none: string;
  onChange: (draft: Draft) => void;
}) {
  const { draft, path, label, none, onChange } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const data = valueAt(draft, path);
  const kind = KINDS.find(one => isDraft(data) && one in data);
  return (
    <>
      <TextField
        select
        size="small"
        fullWidth
        label={label}
        InputLabelProps={{ shrink: true }}
        SelectProps={{ displayEmpty: true }}
        value={kind ?? ''}
        onChange={event => {
          const chosen = KINDS.find(one => one === event.target.value);
          onChange(withValue(draft, path, chosen && { [chosen]: '' }));
        }}
      >
        <MenuItem value="">{none}</MenuItem>
        {KINDS.map(one => (
          <MenuItem key={one} value={one}>
            {t(`form.place.${one}`)}
          </MenuItem>
        ))}
      </TextField>
      {kind && (
        <MonitorField
          draft={draft}
          path={[...path, kind]}
          label={t(`form.placeOf.${kind}`)}
          required
          onChange={next =>
            // An empty place is one that is still to be given.
            onChange(
              valueAt(next, [...path, kind]) === undefined
                ? withValue(next, [...path, kind], '')
                : next,
            )
          }
        />
      )}
      {kind === 'engine' && (
        <MonitorField
          draft={draft}
          path={[...path, 'table']}
          label={t('form.table')}
          required
          onChange={onChange}
        />
      )}
    </>
  );
}
