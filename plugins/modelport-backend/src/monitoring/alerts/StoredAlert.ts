import { Alert } from '@modelport/plugin-modelport-common';

/** An alert without what other nouns say of its model. */
export type StoredAlert = Omit<Alert, 'entityRef' | 'owner'>;

/** The version that an alert is about. */
export interface AlertSubject {
  source: string;
  name: string;
  version: string;
}
