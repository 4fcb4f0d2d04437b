import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { SamplePanel } from './sample/SamplePanel';

/**
 * Stands for a whole step of a form: its fields as they are, and above them a sample of the data that fills them in.
 * No field reaches the others, so it is the step's own.
 */
export function DataSample(
  props: FieldExtensionComponentProps<Record<string, unknown>>,
) {
  const { formData = {}, onChange, registry, uiSchema } = props;
  const { ObjectField } = registry.fields;
  const { 'ui:field': _, ...fields } = uiSchema;
  return (
    <>
      <SamplePanel
        task={String(formData.task ?? '')}
        onFill={answers => onChange({ ...formData, ...answers })}
      />
      <ObjectField {...props} uiSchema={fields} />
    </>
  );
}
