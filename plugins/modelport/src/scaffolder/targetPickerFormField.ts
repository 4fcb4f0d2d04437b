import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TargetPicker } from './TargetPicker';

/** `ui:field: TargetPicker`. */
export const targetPickerFormField = createFormField({
  name: 'TargetPicker',
  component: TargetPicker,
});
