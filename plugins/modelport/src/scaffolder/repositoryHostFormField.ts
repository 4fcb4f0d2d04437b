import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ChosenHost, findHostProblems } from './findHostProblems';
import { formApiRef } from './formApi';
import { RepositoryHost } from './RepositoryHost';

/** `ui:field: RepositoryHost`. */
export const repositoryHostFormField = createFormField({
  name: 'RepositoryHost',
  component: RepositoryHost,
  async validation(value: ChosenHost | undefined, field, { apiHolder }) {
    // where they can't be read, the task says what is wrong before anything is made
    const hosts = await apiHolder
      .get(formApiRef)
      ?.hosts()
      .catch(() => undefined);
    for (const problem of hosts ? findHostProblems(value, hosts) : []) {
      field.addError(problem);
    }
  },
});
