import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { compareMessages } from './compareMessages';
import { versionPageMessages } from './versionPageMessages';

/**
 * The texts of a model's versions, for translation.
 *
 * @public
 */
export const versionTranslationRef = createTranslationRef({
  id: 'modelport.versions',
  messages: {
    count_one: '{{count}} version',
    count_other: '{{count}} versions',
    list: {
      table: 'Versions of {{name}}, newest first',
      select: 'Choose version {{version}} to compare',
      version: 'Version',
      aliases: 'Aliases',
      stage: 'Stage',
      status: 'Status',
      data: 'Data',
      run: 'Run',
      author: 'Author',
      created: 'Created',
      signature: 'Signature',
      signatureShort: '{{inputs}} in, {{outputs}} out',
      noSignature: 'none',
      none: 'none',
      metrics: 'Metrics',
      metricsTitle: 'Metrics as columns',
      metricsFind: 'Find a metric',
      metricsMore: '{{number}} more: narrow the search',
      metricsLimit: 'At most {{number}} at a time.',
      compare: 'Compare',
      compareCount: 'Compare {{number}}',
      compareHint: 'Choose two to ten versions to compare them.',
      clear: 'Choose none',
      next: 'Older versions',
      previous: 'Newer versions',
      first: 'Newest versions',
      runState: { DELETED: 'run deleted', MISSING: 'run is gone' },
      csv: 'versions of {{name}}',
    },
    empty: {
      title: 'No versions yet',
      text: 'The registry lists this model without a version. Register one, and it appears here with the next sync:',
    },
    compare: compareMessages,
    page: versionPageMessages,
  },
});
