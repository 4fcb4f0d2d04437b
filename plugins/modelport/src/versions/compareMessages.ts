export const compareMessages = {
  title: 'Compare versions',
  browserTitle: 'Comparison of {{versions}} | Versions',
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
    calls: {
      better: 'better',
      worse: 'worse',
      equal: 'equal',
      open: 'not called: the interval of the difference holds 0',
      noInterval: 'no interval: not called',
      noDirection: 'not called: whether higher or lower is better is not known',
      different: 'not called: not the same data',
      unknown: 'not called: not known if the same data',
    },
    onRows:
      '{{difference}} on the same {{n}} rows of {{set}} ({{level}} interval {{lower}} to {{upper}})',
    onRowsFull:
      '{{value}} against {{baseline}}, computed from the rows of {{set}} of both versions; {{method}}',
    fromRows: 'computed from the rows of {{set}}: n = {{n}}',
    otherOnRows:
      'Recorded: {{recorded}} of version {{version}} and {{recordedBaseline}} of version {{baselineVersion}}; computed from these rows: {{value}} and {{baseline}}.',
    withoutRows:
      'Version {{version}}: no interval of the differences, {{why}}.',
    noCall:
      'Without an interval, how much of a difference is chance is not known, so no version is called better.',
    pushRows:
      'Push the evaluation-rows of both versions, and differences get their intervals.',
    notMeasured: 'not measured',
    delta: '{{delta}} against version {{baseline}}',
    n: 'n = {{n}}',
    interval: '{{lower}} to {{upper}}',
    dataset: 'data {{dataset}}',
    evaluationSet: 'evaluation set {{id}}',
    empty: 'No version carries a metric.',
    noDifference: 'No metric differs.',
    find: 'Find a metric',
    more: 'Show {{number}} more',
    csv: 'metrics',
  },
  verdict: {
    main: '{{key}} (main metric):',
    noMain:
      'Version {{version}} against {{baseline}}: no main metric to go by.',
    better:
      'version {{version}} is better than {{baseline}}, by {{by}} ({{level}} interval of the difference {{lower}} to {{upper}}).',
    worse:
      'version {{version}} is worse than {{baseline}}, by {{by}} ({{level}} interval of the difference {{lower}} to {{upper}}).',
    open: 'version {{version}} is not called better or worse than {{baseline}}: a difference of {{by}} may be chance ({{level}} interval {{lower}} to {{upper}}).',
    equal: 'versions {{version}} and {{baseline}} are equal.',
    notCalled:
      'version {{version}} is not called better or worse than {{baseline}}, because {{why}}.',
    counts: 'Version {{version}} is {{parts}} metrics that can be compared.',
    calls: {
      worse: 'worse on {{number}} of {{total}}',
      better: 'better on {{number}} of {{total}}',
      open: 'not to be told apart on {{number}} of {{total}}',
      equal: 'equal on {{number}} of {{total}}',
    },
    none: 'None of the {{total}} metrics says whether version {{version}} is better.',
    notCompared: '{{number}} can’t be compared, because {{reasons}}.',
    reason: '{{why}} ({{number}})',
    why: {
      unknown: 'it is not known if they were measured on the same data',
      different: 'they were not measured on the same data',
      noInterval: 'how much of a difference is chance is not known',
      noDirection: 'whether higher or lower is better is not known',
      training: 'figures of training data decide nothing',
      missing: 'one of the two versions does not have them',
    },
  },
  warnings: {
    title: 'What is recorded of the data that figures were measured on',
    howToKnow:
      'To record it: in MLflow, set the tags modelport.evaluation_set (its name) and modelport.evaluation_set_hash (of row ids and labels) on the version or its run; in files, write evaluationSet into version.yaml.',
  },
  calibration: {
    title: 'Calibration',
    empty:
      'No version has calibration evidence. Push evaluation-rows or a calibration document of each, and the curves appear here over each other.',
    without: 'Nothing is known of the calibration of {{versions}}.',
    otherSets:
      'The curves were measured on different evaluation sets: a difference between them may be one of the data.',
    ofVersion:
      'Version {{version}}: expected calibration error {{error}} over {{n}} rows of {{set}}.',
    set: 'Evaluation set',
    setNotNamed: 'a set that is not named',
    predicted: 'Mean predicted probability',
    observed: 'Observed share',
    ideal: 'calibrated',
    how: 'Bars are 95% Wilson intervals of the share observed in each band.',
  },
  reasons: {
    title: 'How the explanation moved from version {{baseline}} to {{version}}',
    of: 'Version whose reasons are compared with the baseline’s',
  },
  lineage: {
    of: 'Version whose lineage is compared with the baseline’s',
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
