import { HumanDuration } from '@backstage/types';

export interface Config {
  modelport?: {
    /** How models stand in the catalog. */
    catalog?: {
      /** How often changed models and hand-written entities are looked for; 10 seconds unless given. */
      frequency?: HumanDuration | string;
      /** `spec.type` of the models' entities; `ml-model` unless given. */
      entityType?: string;
      /** Namespace of the models' entities; `default` unless given. */
      namespace?: string;
    };
  };
}
