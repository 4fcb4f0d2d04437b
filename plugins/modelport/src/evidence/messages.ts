import { createTranslationRef } from '@backstage/frontend-plugin-api';
/**
 * The texts of the evidence pages, for translation.
 *
 * @public
 */
export const evidenceTranslationRef = createTranslationRef({
  id: 'modelport.evidence',
  messages: {
    title: 'Evidence',
    empty:
      'Nothing was pushed for this version yet, and none of its files is one that the portal reads. A pipeline pushes evidence with one line:',
    loading: 'Looking for evidence',
    table: 'Evidence of version {{version}}',
    kind: 'Kind',
    produced: 'Produced',
    producedAt: '{{time}} by {{producer}}',
    producedUnknown: 'not said',
    received: 'Received',
    origin: 'From',
    pushed: 'pushed by {{by}}',
    pushedFile: '{{path}}, pushed by {{by}}',
    artefact: 'artefact {{path}}',
    reader: 'Read by',
    digest: 'SHA-256',
    digestOf: 'SHA-256 of the bytes as received: {{digest}}',
    size: 'Size',
    partly: 'Left out: {{message}}',
    unreadable: 'Could not be read: {{message}}',
    download: 'Download the bytes of {{kind}} {{digest}}',
    downloadFailed: 'The bytes could not be loaded: {{message}}',
    problem: '{{path}} could not be fetched: {{message}}',
    more_one: '{{count}} older document is not shown.',
    more_other: '{{count}} older documents are not shown.',
    tokens: {
      button: 'Push tokens',
      title: 'Push tokens of {{name}}',
      text: 'With a push token a pipeline pushes evidence of this model, and can do nothing else. Its secret is shown once and kept as a hash.',
      empty: 'There is no push token.',
      table: 'Push tokens',
      name: 'Name',
      nameHint: 'Where it is used, such as the pipeline’s name',
      created: 'Created',
      by: '{{time}} by {{who}}',
      used: 'Last used',
      never: 'never',
      revoke: 'Revoke',
      revokeOf: 'Revoke the token {{name}}',
      create: 'Create a token',
      secret:
        'Copy it now into your pipeline’s secrets: it is not shown again.',
      failed: 'That did not work: {{message}}',
      close: 'Close',
    },
  },
});
