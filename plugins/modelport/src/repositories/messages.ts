import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * The texts about the repositories of models, for translation.
 *
 * @public
 */
export const repositoryTranslationRef = createTranslationRef({
  id: 'modelport.repositories',
  messages: {
    title: 'Repository',
    score: '{{holds}} of {{checks}} checks of the standard hold',
    readAt: 'Read',
    open: 'Open the repository',
    again: 'Check again',
    complete: 'It follows the standard.',
    findings: 'What does not follow the standard',
    finding: '{{file}}: {{message}}',
    more: 'Show {{number}} more',
    less: 'Show fewer',
    notListed: 'It is looked at once a source lists the model.',
    unknown:
      '{{cause}}, so it can’t be told how far the repository of this model follows the standard.',
    unreadable: 'The repository can’t be read.',
    unreadableHint:
      'Its host has to be among the portal’s integrations, and the portal may have to be let in. Nothing else of this page depends on it.',
    adopt: 'Adopt its repository',
    adoptHint:
      '“Adopt an existing model” adds what is missing, as a branch for its team to review.',
    outdated: 'It came from template version {{version}}; {{newest}} is out.',
    current: 'It is up to date with its template, version {{version}}.',
    update: 'Update it',
    updateHint:
      'The update is merged with what the team changed, and comes as a branch.',
  },
});
