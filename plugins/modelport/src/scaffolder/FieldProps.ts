/** What the fields here take of all that a form gives to a field. */
export interface FieldProps<Value> {
  formData?: Value;
  /** Tells the form the field's new value. */
  onChange: (value: Value | undefined) => void;
  /** What the form found wrong. */
  rawErrors?: string[];
  required?: boolean;
  schema: { title?: string; description?: string };
  /** The other answers of the form. */
  formContext?: { formData?: Record<string, unknown> };
}
