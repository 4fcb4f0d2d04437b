import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { DataSample } from './DataSample';

/** `ui:field: DataSample`, for a step. */
export const dataSampleFormField = createFormField({
  name: 'DataSample',
  component: DataSample,
});
