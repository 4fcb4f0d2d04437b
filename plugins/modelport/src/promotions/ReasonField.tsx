import TextField from '@mui/material/TextField';

/** Words that a decision needs, kept with it for good. */
export function ReasonField(props: {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  /** True unless given. */
  required?: boolean;
}) {
  const { label, hint, value, onChange, required = true } = props;
  return (
    <TextField
      label={label}
      helperText={hint}
      value={value}
      onChange={event => onChange(event.target.value)}
      required={required}
      fullWidth
      multiline
      minRows={2}
      margin="normal"
      inputProps={{ maxLength: 5000 }}
    />
  );
}
