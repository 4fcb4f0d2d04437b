import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { overviewMessages } from './overviewMessages';

/**
 * The texts of the Models list and the overview of a model, for translation.
 *
 * @public
 */
export const modelTranslationRef = createTranslationRef({
  id: 'modelport.models',
  messages: {
    alertsLink: 'Alerts',
    sourcesLink: 'Sources',
    search: {
      label: 'Search models',
      placeholder: 'Name, description, owner, tag',
      clear: 'Clear the search',
      type: 'ML model',
      card: 'quotes the card of version {{version}}',
      cardInProduction: 'quotes the card of version {{version}}, in production',
    },
    counts: {
      label: 'Quick filters',
      all: 'All',
      allOfRest: 'All that match',
      production: 'In production',
      drifting: 'Drifting',
      awaitingReview: 'Awaiting review',
      withoutCard: 'Without a card',
    },
    filters: {
      title: 'Filters',
      open: 'Filters',
      openCount: 'Filters ({{number}})',
      close: 'Close',
      reset: 'Reset all',
      none: 'none recorded',
      unknownOwner: 'unknown owner',
      showAll: 'Show all {{all}}',
      showFewer: 'Show fewer',
      find: 'Find in {{name}}',
      unknownCounts: 'The counts could not be loaded.',
      owner: 'Owner',
      source: 'Source',
      task: 'Task',
      framework: 'Framework',
      riskTier: 'Risk tier',
      stage: 'Environment',
      drift: 'Drift',
      card: 'Card',
      review: 'Review',
      tag: 'Tag',
      remove: 'Remove the filter {{name}}: {{value}}',
      cardState: { present: 'with a card', missing: 'without a card' },
      reviewState: {
        awaiting: 'a promotion awaits review',
        none: 'nothing awaits review',
      },
    },
    table: {
      label: 'Models',
      name: 'Name',
      owner: 'Owner',
      task: 'Task',
      framework: 'Framework',
      source: 'Source',
      production: 'In production',
      mainMetric: 'Main metric',
      drift: 'Drift',
      card: 'Card',
      riskTier: 'Risk tier',
      versions: 'Versions',
      created: 'Created',
      updated: 'Last change',
      mixedMetrics:
        'Sorted by the bare figure: the metrics differ from model to model.',
      star: 'Star {{name}}',
      unstar: 'Unstar {{name}}',
      ownerUnknown: 'unknown',
      ownerUnknownTagged: 'unknown (tag says “{{owner}}”)',
      ownerNotInCatalog:
        'The registry says “{{owner}}”, which is no group or person of the catalog.',
      ownerOverruled: 'tag says otherwise',
      ownerOverruledWhy:
        'The registry says “{{owner}}”, but the config of this portal names another owner, and that counts.',
      noCard: 'no card',
      version: 'version {{version}}',
      since: 'since {{time}}',
      sinceUnknown: 'since before the first sync',
      notInProduction: 'not in production',
      metricOn: '{{key}}, version {{version}}',
      trend: '{{key}} over versions {{versions}}',
      noMetric: 'none',
      columns: 'Columns',
      columnsTitle: 'Columns of the table',
      columnsReset: 'As at first',
    },
    csv: {
      button: 'CSV',
      hint: 'Download all {{number}} models that match as CSV',
      progress: '{{done}} of {{all}}',
      stop: 'Stop',
      failed:
        'The CSV could not be made: {{message}}. Nothing was saved; try again.',
    },
    page: {
      range: '{{from}}–{{to}} of {{all}}',
      part: '{{number}} of {{all}}',
      first: 'First page',
      previous: 'Previous page',
      next: 'Next page',
      size: 'Rows',
      badCursor:
        'This place in the list is no longer valid; the list may have changed.',
      toFirst: 'Go to the first page',
    },
    empty: {
      title: 'No models yet',
      text: 'Models arrive by themselves from the registries that this portal watches. See whether one is being read, or point the portal at your own MLflow:',
      sources: 'See the sources',
    },
    nothingFound: {
      title: 'No model matches',
      text: 'Nothing matches the search and filters together.',
      reset: 'Reset search and filters',
    },
    trouble: {
      one: 'The source {{source}} cannot be read at present. You see what it said {{age}}.',
      oneNever:
        'The source {{source}} has never been read to the end, so models may be missing.',
      many_one: '{{count}} source cannot be read at present: {{sources}}.',
      many_other:
        '{{count}} sources cannot be read at present: {{sources}}. You see what they said last.',
      link: 'See why',
    },
    overview: overviewMessages,
  },
});
