import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { modelportApiRef } from '../api/modelportApi';
import { findModelNameProblem } from './findModelNameProblem';
import { ModelNameField } from './ModelNameField';

/** `ui:field: ModelName`. */
export const modelNameFormField = createFormField({
  name: 'ModelName',
  component: ModelNameField,
  async validation(value, field, { apiHolder }) {
    const modelport = apiHolder.get(modelportApiRef);
    const catalog = apiHolder.get(catalogApiRef);
    if (typeof value !== 'string' || !modelport || !catalog) {
      return;
    }
    const problem = await findModelNameProblem(value, { modelport, catalog });
    if (problem !== undefined) {
      field.addError(`This name ${problem}`);
    }
  },
});
