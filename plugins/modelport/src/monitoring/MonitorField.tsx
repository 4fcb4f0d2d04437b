import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { Draft, textAt, withValue } from './monitorDraft';

/** One setting of a draft: a text, a number, or a choice. Left empty, the draft says nothing of it. */
export function MonitorField(props: {
  draft: Draft;
  path: readonly string[];
  label: string;
  help?: string;
  /** What counts where nothing is given. */
  fallback?: string;
  number?: boolean;
  choices?: ReadonlyArray<{ value: string; label: string }>;
  /** The choice that counts where nothing is given, which the draft may name all the same. */
  usual?: string;
  required?: boolean;
  onChange: (draft: Draft) => void;
}) {
  const { draft, path, label, help, fallback, choices, onChange } = props;
  const given = textAt(draft, path);
  const text = given === props.usual ? '' : given;
  return (
    <TextField
      size="small"
      fullWidth
      select={!!choices}
      type={props.number ? 'number' : 'text'}
      required={props.required}
      label={label}
      helperText={help}
      placeholder={fallback}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ displayEmpty: true }}
      inputProps={
        props.number ? { step: 'any', min: 0 } : { spellCheck: false }
      }
      value={text}
      onChange={event => {
        const { value } = event.target;
        const next = props.number ? Number(value) : value;
        onChange(withValue(draft, path, value === '' ? undefined : next));
      }}
    >
      {choices?.map(choice => (
        <MenuItem key={choice.value} value={choice.value}>
          {choice.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
