import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { findAnswersProblem } from './findAnswersProblem';
import { formApiRef } from './formApi';
import { RepositoryPreview } from './RepositoryPreview';

/** `ui:field: RepositoryPreview`; the form goes on with answers only of which a repository can be made. */
export const repositoryPreviewFormField = createFormField({
  name: 'RepositoryPreview',
  component: RepositoryPreview,
  async validation(_value, field, { apiHolder, formData }) {
    const api = apiHolder.get(formApiRef);
    const problem = api && (await findAnswersProblem(formData, api));
    if (problem !== undefined) {
      field.addError(problem);
    }
  },
});
