export const compareMessages = {
  title: 'Compare versions',
  back: 'All versions',
  baseline: 'Baseline',
  baselineOf: 'Everything is measured against version {{version}}.',
  asBaseline: 'as baseline',
  makeBaseline: 'Make version {{version}} the baseline',
  remove: 'Leave version {{version}} out',
  onlyDifferences: 'Only what differs',
  version: 'Version {{version}}',
  tooFew: {
    title: 'Choose at least two versions',
    text: 'Pick them in the list of versions.',
    button: 'To the list',
  },
  metrics: {
    title: 'Metrics',
    table: 'Metrics of the versions beside each other',
    metric: 'Metric',
    slice: 'slice {{slice}}',
    better: 'better',
    worse: 'worse',
    noWinner: 'no winner',
    open: 'not told apart by the rows',
    onRows:
      '{{difference}} on the same {{n}} rows ({{level}} interval {{lower}} to {{upper}})',
    onRowsFull:
      '{{value}} against {{baseline}}, computed from the rows of both versions; {{method}}',
    withoutRows:
      'Version {{version}}: no interval of the differences, {{why}}.',
    pushRows:
      'Without an interval, better and worse go by the bare figures, and how much of a difference is chance is not known. Push the evaluation-rows of both versions, and differences get their intervals.',
    equal: 'equal',
    noDirection:
      'No winner is called: whether higher or lower is better is not known.',
    notMeasured: 'not measured',
    delta: '{{delta}} against version {{baseline}}',
    n: 'n = {{n}}',
    interval: '{{lower}} to {{upper}}',
    dataset: 'data {{dataset}}',
    evaluationSet: 'evaluation set {{id}}',
    different: 'not the same data',
    unknown: 'not known if the same data',
    empty: 'No version carries a metric.',
    noDifference: 'No metric differs.',
    find: 'Find a metric',
    more: 'Show {{number}} more',
    csv: 'metrics',
  },
  warnings: {
    unknown_one:
      '{{count}} metric has no record of being measured on the same evaluation set. Its difference is shown, but no winner is called.',
    unknown_other:
      '{{count}} metrics have no record of being measured on the same evaluation set. Their differences are shown, but no winner is called.',
    howToKnow:
      'To let versions be compared, tag each version or its run with the data it was evaluated on: modelport.evaluation_set.',
    different_one:
      '{{count}} metric was measured on different evaluation sets. No winner is called.',
    different_other:
      '{{count}} metrics were measured on different evaluation sets. No winner is called.',
  },
  calibration: {
    title: 'Calibration',
    empty:
      'No version has calibration evidence. Push evaluation-rows or a calibration document of each, and the curves appear here over each other.',
    without: 'Nothing is known of the calibration of {{versions}}.',
    otherSets:
      'The curves were measured on different evaluation sets: a difference between them may be one of the data.',
    ofVersion:
      'Version {{version}}: expected calibration error {{error}} over {{n}} rows.',
    predicted: 'Mean predicted probability',
    observed: 'Observed share',
    ideal: 'calibrated',
    how: 'Bars are 95% Wilson intervals of the share observed in each band.',
  },
  reasons: {
    title: 'How the explanation moved from version {{baseline}} to {{version}}',
    of: 'Version whose reasons are compared with the baseline’s',
  },
  params: {
    title: 'Parameters',
    table: 'Parameters of the versions beside each other',
    name: 'Parameter',
    none: 'not set',
    empty: 'No version carries parameters.',
    noDifference: 'No parameter differs.',
    csv: 'parameters',
  },
  data: {
    title: 'Data',
    table: 'Datasets of the versions beside each other',
    name: 'Used as',
    none: 'not recorded',
    empty: 'No version records its datasets.',
    noDifference: 'No dataset differs.',
    hint: 'Digests come from the registry and are a hint only: MLflow’s covers the first 10,000 rows and changes with the columns.',
    csv: 'datasets',
  },
  signature: {
    title: 'Signature',
    table: 'Changes of the signature against the baseline',
    version: 'Version',
    part: 'Part',
    column: 'Column',
    change: 'Change',
    effect: 'Effect on callers',
    breaking: 'breaking',
    notBreaking: 'not breaking',
    none: 'No change of the signature.',
    unknown:
      'Nothing can be said about {{versions}}: no signature is recorded.',
    parts: { inputs: 'inputs', outputs: 'outputs', params: 'parameters' },
    changes: {
      added: 'added: {{to}}',
      removed: 'removed: {{from}}',
      retyped: '{{from}} → {{to}}',
      reordered: 'moved',
    },
    csv: 'signature changes',
  },
} as const;
