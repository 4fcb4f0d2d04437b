import { createTranslationRef } from '@backstage/frontend-plugin-api';
/**
 * The texts of the Sources page, for translation.
 *
 * @public
 */
export const sourceTranslationRef = createTranslationRef({
  id: 'modelport.sources',
  messages: {
    intro:
      'The registries that this portal watches. Pages show what was read last, even while a registry is down.',
    toModels: 'Models',
    mayNotSync: 'You may not start a pass over a source.',
    state: {
      ok: 'up to date',
      stale: 'old data',
      failing: 'failing',
    },
    stateHint: {
      ok: 'The last pass ran through.',
      stale:
        'No pass has run through for longer than expected. What was read before is kept and shown.',
      failing: 'The last pass failed. What was read before is kept and shown.',
    },
    kind: 'Kind',
    address: 'Address',
    addressUnknown: 'not known',
    lastSuccess: 'Last full pass',
    lastPass: 'Last attempt',
    never: 'never',
    models: 'Models',
    versions: 'Versions',
    errors: {
      title_one: '{{count}} problem in the last pass',
      title_other: '{{count}} problems in the last pass',
      table: 'Problems of the source {{source}}',
      where: 'Where',
      message: 'What happened',
      at: 'When',
    },
    sync: {
      button: 'Sync now',
      of: 'Sync {{source}} now',
      asked: 'Asked for {{age}}; the pass is about to start.',
      waits:
        'Asked for {{age}}; the last attempt failed, the next one comes by itself.',
      ended: 'The last pass began {{start}} and took {{seconds}} s: {{result}}',
      endedAsked:
        'The pass that was asked for {{asked}} took {{seconds}} s: {{result}}',
      nothing: 'nothing had changed.',
      changed:
        '{{models}} models and {{versions}} versions new or changed, {{gone}} gone.',
      failedPass: 'it failed, see below.',
      running:
        'Reading {{phase}} since {{time}}: {{models}} models and {{versions}} versions so far.',
      phase: {
        models: 'models',
        versions: 'versions',
        retiring: 'what is gone',
        documents: 'documents',
      },
      failed: 'The pass was not started: {{message}}',
    },
    retirement: {
      text: 'Much of what this source listed before is gone from it, so nothing was removed here. If that is right, accept it.',
      button: 'Accept that it is gone',
      title: 'Accept that models of {{source}} are gone?',
      confirm:
        'The next pass will retire every model and version that the registry no longer lists, with its catalog entities. Do this only if they were removed on purpose.',
      cancel: 'Cancel',
      accept: 'Accept and sync',
    },
    empty: {
      title: 'No sources',
      text: 'Nothing is configured to be read. Start the portal with your own MLflow:',
    },
  },
});
