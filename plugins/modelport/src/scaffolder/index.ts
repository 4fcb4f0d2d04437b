/**
 * Fields for the form of "New ML model", for the app to load with Backstage's scaffolder.
 *
 * @packageDocumentation
 */

import {
  ApiBlueprint,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { createFormApi, formApiRef } from './formApi';

/**
 * The fields of Modelport's templates.
 *
 * @public
 */
const scaffolderFields = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    ApiBlueprint.make({
      name: 'modelport-form',
      params: define =>
        define({
          api: formApiRef,
          deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
          factory: createFormApi,
        }),
    }),
    FormFieldBlueprint.make({
      name: 'model-name',
      params: {
        field: () =>
          import('./modelNameFormField').then(m => m.modelNameFormField),
      },
    }),
    FormFieldBlueprint.make({
      name: 'data-sample',
      params: {
        field: () =>
          import('./dataSampleFormField').then(m => m.dataSampleFormField),
      },
    }),
    FormFieldBlueprint.make({
      name: 'sample-features',
      params: {
        field: () =>
          import('./sampleFeaturesFormField').then(
            m => m.sampleFeaturesFormField,
          ),
      },
    }),
    FormFieldBlueprint.make({
      name: 'owner-group',
      params: {
        field: () =>
          import('./ownerGroupFormField').then(m => m.ownerGroupFormField),
      },
    }),
    FormFieldBlueprint.make({
      name: 'target-picker',
      params: {
        field: () =>
          import('./targetPickerFormField').then(m => m.targetPickerFormField),
      },
    }),
    FormFieldBlueprint.make({
      name: 'gate-editor',
      params: {
        field: () =>
          import('./gateEditorFormField').then(m => m.gateEditorFormField),
      },
    }),
    FormFieldBlueprint.make({
      name: 'repository-host',
      params: {
        field: () =>
          import('./repositoryHostFormField').then(
            m => m.repositoryHostFormField,
          ),
      },
    }),
    FormFieldBlueprint.make({
      name: 'repository-preview',
      params: {
        field: () =>
          import('./repositoryPreviewFormField').then(
            m => m.repositoryPreviewFormField,
          ),
      },
    }),
  ],
});

export default scaffolderFields;
