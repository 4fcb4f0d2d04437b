import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { SampleFeatures } from './SampleFeatures';

/** `ui:field: SampleFeatures`. */
export const sampleFeaturesFormField = createFormField({
  name: 'SampleFeatures',
  component: SampleFeatures,
});
