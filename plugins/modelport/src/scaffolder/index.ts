/**
 * Fields for the form of "New ML model", for the app to load with Backstage's scaffolder.
 *
 * @packageDocumentation
 */

import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/**
 * The fields of Modelport's templates.
 *
 * @public
 */
const scaffolderFields = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    FormFieldBlueprint.make({
      name: 'model-name',
      params: {
        field: () =>
          import('./modelNameFormField').then(m => m.modelNameFormField),
      },
    }),
  ],
});

export default scaffolderFields;
