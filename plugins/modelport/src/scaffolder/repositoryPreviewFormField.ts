import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { RepositoryPreview } from './RepositoryPreview';

/** `ui:field: RepositoryPreview`. */
export const repositoryPreviewFormField = createFormField({
  name: 'RepositoryPreview',
  component: RepositoryPreview,
});
