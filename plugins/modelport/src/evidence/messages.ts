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
      'Nothing was pushed for this version yet, and none of its files is one that the portal reads. A pipeline pushes evidence with one line, which fails where the portal can’t read it:',
    emptyUnread:
      'Nothing was pushed for this version yet. Its files could not be looked through so far: the registry does not answer, or has not been asked. A pipeline pushes evidence with one line, which fails where the portal can’t read it:',
    loading: 'Looking for evidence',
    reading: {
      title:
        'The files of version {{version}} have not been looked through yet',
      text: 'Reports and explanations among them are shown here as soon as the registry has answered; the page asks again by itself. What can be waited for in vain is said under “Sources”.',
    },
    table: 'Evidence of version {{version}}',
    kind: 'Kind',
    produced: 'Produced',
    producedAt: '{{time}} by {{producer}}',
    computed: 'computed by the portal, for the window that ended {{time}}',
    producedUnknown: 'not said',
    received: 'Received',
    origin: 'From',
    pushed: 'pushed by {{by}}',
    pushedFile: '{{path}}, pushed by {{by}}',
    token: 'the token “{{name}}”',
    artefact: 'artefact {{path}}',
    reader: 'Read by',
    digest: 'SHA-256',
    digestOf: 'SHA-256 of the bytes as received: {{digest}}',
    size: 'Size',
    partly: 'Left out: {{message}}',
    unreadable: 'Could not be read: {{message}}',
    page: {
      title: 'Evidence: {{kind}}',
      browserTitle: 'Evidence: {{kind}} of version {{version}} | Versions',
      back: 'Version {{version}}',
      facts: 'Where it comes from',
      body: 'What it says',
      json: 'The document as JSON',
      schemaVersion: 'Schema version',
      mediaType: 'Media type',
      others: 'Also about',
      versionOf: '{{name}}, version {{version}} ({{source}})',
      download: 'Download the bytes',
      kept: 'It is kept as it came; its bytes can be downloaded.',
      rows: 'This document holds rows of single people, thousands of them perhaps. Who may read rows is shown them, and that they were read is recorded; everybody else sees what is kept in the clear.',
      openRows: 'Open it',
      noBody:
        'Nothing of it is kept in the clear, or you may not read its rows.',
      more_one: 'Show {{count}} more line',
      more_other: 'Show {{count}} more lines',
      cut: 'The first {{shown}} of {{all}} lines; the bytes hold all.',
    },
    download: 'Download the bytes of {{kind}} {{digest}}',
    downloadFailed: 'The bytes could not be loaded: {{message}}',
    problem: '{{path}} could not be fetched: {{message}}',
    pages: {
      first: 'The newest documents',
      previous: 'Newer documents',
      next: 'Older documents',
      total_one: '{{count}} document',
      total_other: '{{count}} documents',
    },
    tokens: {
      button: 'Push tokens',
      mayNot: 'You may not make push tokens of this model.',
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
      revokeSure:
        'Whatever has it can push no more with it, at once and for good.',
      keep: 'Keep',
      keepOf: 'Keep the token {{name}}',
      revoked: 'Revoked {{time}} by {{who}}',
      create: 'Create a token',
      secret:
        'Copy it now into your pipeline’s secrets: it is not shown again.',
      failed: 'That did not work: {{message}}',
      close: 'Close',
    },
  },
});
