import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { GateEditor } from './GateEditor';

/** `ui:field: GateEditor`. */
export const gateEditorFormField = createFormField({
  name: 'GateEditor',
  component: GateEditor,
});
