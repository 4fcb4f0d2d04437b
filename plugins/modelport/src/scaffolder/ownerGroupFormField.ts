import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { findOwnerProblem } from './findOwnerProblem';
import { OwnerGroup } from './OwnerGroup';

/** `ui:field: OwnerGroup`. */
export const ownerGroupFormField = createFormField({
  name: 'OwnerGroup',
  component: OwnerGroup,
  async validation(value, field, { apiHolder }) {
    const catalog = apiHolder.get(catalogApiRef);
    if (typeof value !== 'string' || value === '' || !catalog) {
      return;
    }
    const problem = await findOwnerProblem(value, catalog);
    if (problem !== undefined) {
      field.addError(problem);
    }
  },
});
