import { renderInTestApp } from '@backstage/frontend-test-utils';
import { ComponentType, useState } from 'react';
import { FieldProps } from '../FieldProps';

type Apis = NonNullable<Parameters<typeof renderInTestApp>[1]>['apis'];

/** Renders a field within a form that keeps what it emits. */
export function renderField<Value>(
  Field: ComponentType<FieldProps<Value>>,
  options: {
    apis?: Apis;
    value?: Value;
    required?: boolean;
    title?: string;
    description?: string;
    /** The other answers of the form. */
    answers?: Record<string, unknown>;
  } = {},
) {
  const sent: Array<Value | undefined> = [];
  const { value, required, title = 'Field', description, answers } = options;
  function Form() {
    const [formData, setFormData] = useState(value);
    const [keep] = useState(() => (next: Value | undefined) => {
      sent.push(next);
      setFormData(next);
    });
    return (
      <Field
        formData={formData}
        onChange={keep}
        required={required}
        schema={{ title, description }}
        formContext={{ formData: answers ?? {} }}
      />
    );
  }
  renderInTestApp(<Form />, { apis: options.apis });
  return sent;
}
