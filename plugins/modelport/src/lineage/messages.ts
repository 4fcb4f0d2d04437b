import { createTranslationRef } from '@backstage/frontend-plugin-api';
/**
 * The texts of the lineage pages, for translation.
 *
 * @public
 */
export const lineageTranslationRef = createTranslationRef({
  id: 'modelport.lineage',
  messages: {
    controls: {
      version: 'Version',
      allVersions: 'All versions',
      direction: 'Direction',
      upstream: 'What made it',
      downstream: 'What uses it',
      both: 'Both',
      depth: 'Steps',
      baseline: 'Compare with',
      noBaseline: 'no other',
      search: 'Search in the graph',
      searchHint: 'Name of a dataset, run, …',
      clear: 'Clear the search',
      fold: 'Fold a kind into one',
      asGraph: 'Graph',
      asTable: 'Table',
      view: 'Show as',
    },
    kinds: {
      dataset: 'Dataset',
      feature: 'Feature',
      job: 'Job',
      run: 'Run',
      code: 'Code',
      version: 'Version',
      deployment: 'Deployment',
      consumer: 'Consumer',
    },
    folded: '{{kind}}: {{number}}',
    withVersion: '{{name}} @ {{version}}',
    failedKind: '{{kind}} (failed)',
    overview: {
      title: 'What made it, and what uses it',
      titleOf: 'What made version {{version}}, and what uses it',
      open: 'Lineage',
    },
    difference: {
      title: 'What version {{version}} was made from, beside {{baseline}}',
      change: 'Change',
      added: 'added',
      removed: 'removed',
      changed: 'changed',
      in: 'In version {{version}}',
      there: 'there',
      same: 'Both were made from the same data and code.',
      unchanged_one: '{{count}} thing is the same; runs are not compared.',
      unchanged_other: '{{count}} things are the same; runs are not compared.',
    },
    exports: {
      openLineage: 'OpenLineage',
      svg: 'SVG',
      file: 'lineage of {{name}}',
      failed: 'It could not be saved: {{message}}',
    },
    nodes_one: '{{count}} node',
    nodes_other: '{{count}} nodes',
    found_one: '{{count}} of them found',
    found_other: '{{count}} of them found',
    truncated:
      'There is more than is shown: beyond the limit of 2,000 nodes, or of models that you may not read.',
    noLayout:
      'The graph could not be laid out in time; here is the same as a table.',
    graph:
      'Lineage of {{name}}, from data on the left to consumers on the right',
    table: {
      caption: 'Lineage of {{name}}',
      kind: 'Kind',
      name: 'Name',
      version: 'Version',
      from: 'Made from',
      to: 'Leads to',
      show: 'Show what {{name}} affects',
      csv: 'lineage of {{name}}',
      more: '… and {{number}} more',
      showMore: 'Show {{number}} more',
    },
    empty: {
      title: 'Nothing is known of where this comes from',
      text: 'Datasets, runs and code of versions come from the registry; what happened before and after comes from OpenLineage events, which pipelines send with this setting:',
    },
    panel: {
      title: 'What is affected',
      close: 'Close',
      id: 'Id',
      entity: 'In the catalog',
      owners: 'Owners to tell',
      noOwners: 'No owner of a model is known.',
      nothing: 'Nothing is known to use it.',
      items: 'Affected',
    },
  },
});
