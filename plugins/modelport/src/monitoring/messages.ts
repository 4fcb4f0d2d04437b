import { createTranslationRef } from '@backstage/frontend-plugin-api';
/**
 * The texts of monitoring and its alerts, for translation.
 *
 * @public
 */
export const monitoringTranslationRef = createTranslationRef({
  id: 'modelport.monitoring',
  messages: {
    title: 'Monitoring of version {{version}}',
    version: 'Version',
    aliased: '{{version}} ({{aliases}})',
    from: 'From',
    to: 'To',
    all: 'All',
    last: 'Last {{days}} days of data',
    utc: 'Windows are in UTC.',
    noVersions: {
      title: 'Nothing to monitor yet',
      text: 'The model has no version.',
    },
    empty: {
      title: 'No drift or performance of this version yet',
      text: 'A report of Evidently, NannyML or SageMaker Model Monitor among its artefacts, or pushed by a pipeline, fills this page. Its name or its content says the window of time that its rows are from.',
    },
    emptyRange: {
      title: 'No windows in this time',
      text: 'There are windows before or after it.',
      showAll: 'Show all',
    },
    state: {
      none: 'No statistic is in breach in the newest window.',
      warning:
        'Something moved in the newest window, and not in the one before.',
      drifting: 'Breaches in the newest window, and in the one before.',
      unknown: 'Nothing is known of drift.',
    },
    tool: 'Tool',
    statistic: 'Statistic',
    asChosen: 'Of each feature the one with most drift',
    heatMap: {
      title: 'Drift by feature and window',
      text: 'Most drift × importance first; importance from the explanation of this version.',
      textWithout:
        'Most drift first. There is no explanation of this version, so every feature counts alike.',
      hint: 'Point at a cell for its figure; open a feature by its name.',
      legend:
        'Colour: value as a share of its threshold. A dot marks a breach, hatching what is below the noise floor, an empty cell a window without a figure.',
      summary_one:
        '{{tool}}: {{features}} features in {{count}} window; {{breaches}} in breach in the newest one.',
      summary_other:
        '{{tool}}: {{features}} features in {{count}} windows; {{breaches}} in breach in the newest one.',
      cell: '{{feature}}, {{window}}: {{statistic}} {{value}}, threshold {{threshold}}. {{state}}',
      allFeatures: 'All features together',
      columns: {
        feature: 'Feature',
        statistic: 'Statistic',
        importance: 'Importance',
        threshold: 'Threshold',
      },
    },
    cellState: {
      b: 'In breach.',
      o: 'Within the threshold.',
      n: 'Below the noise floor: nothing can be said.',
      u: 'Nobody gave a threshold.',
      none: 'No figure.',
    },
    feature: {
      back: 'All features',
      title: 'Drift of {{feature}}',
      missing: 'No tool says anything of this feature in this time.',
      series: '{{statistic}} by {{tool}}',
      pValue: 'A p-value: a breach is below the threshold.',
      value: 'Value',
      referenceValue: 'Value in the reference',
      threshold: 'Threshold',
      lowerThreshold: 'Lower threshold',
      noiseFloor: 'Noise floor',
      sizes:
        'Newest window: {{current}} rows against {{reference}} of the reference.',
      sizesUnknown:
        'The report says nothing of the sizes of its samples, so the noise floor is not known.',
      floorUnknown:
        'The floor that noise alone gives can’t be told for this statistic from what the report says.',
      unsayable_one:
        'In {{count}} window the value is below the noise floor: nothing can be said of it.',
      unsayable_other:
        'In {{count}} windows the value is below the noise floor: nothing can be said of them.',
      columns: {
        window: 'Window',
        period: 'Period',
        value: 'Value',
        threshold: 'Threshold',
        noiseFloor: 'Noise floor',
        nReference: 'Rows of reference',
        nCurrent: 'Rows of window',
        state: 'State',
      },
      distribution: {
        title: '{{window}} beside the reference',
        bin: 'Bin',
        binsDiffer:
          'The report counts the window and the reference in different bins, so they can’t be laid over each other.',
        noReference: 'No report says how the reference is spread.',
      },
      profile: {
        title: 'Missing and unseen values, by {{tool}}',
        caption: 'Counts by window',
        n: 'Values',
        missing: 'Missing',
        unseen: 'Unseen categories',
        outside: 'Outside of the range',
      },
    },
    period: { reference: 'Reference', current: 'Current' },
    performance: {
      title: 'Performance',
      none: 'No report says how good this version was in this time.',
      series: '{{metric}} by {{tool}}',
      realised: 'Realised',
      estimated: 'Estimated',
      realisedReference: 'Realised in the reference',
      estimatedReference: 'Estimated in the reference',
      band: 'Band of the estimate',
      lowerThreshold: 'Lower threshold',
      upperThreshold: 'Upper threshold',
      labelsEnd:
        'Labels end with {{window}}; later windows are estimates only.',
      open: 'Labels of {{window}} are still to come: {{share}} are in.',
      acceptedOnly: 'Labels are of accepted cases only.',
      columns: {
        window: 'Window',
        kind: 'Kind',
        value: 'Value',
        lower: 'Lower',
        upper: 'Upper',
        lowerThreshold: 'Lower threshold',
        upperThreshold: 'Upper threshold',
        n: 'Rows',
        state: 'State',
      },
    },
    integrity: {
      title: 'Data quality',
      caption: 'What tools found wrong, the newest first',
      columns: {
        window: 'Window',
        feature: 'Feature',
        check: 'Check',
        message: 'What is wrong',
        tool: 'Tool',
      },
    },
    unplaced: {
      title: 'Evidence that stands in no window',
      text: '{{kind}} {{digest}}: {{reason}}',
    },
    truncated:
      'There are more points than are shown; the oldest are left out. Choose a shorter time.',
    alerts: {
      title: 'Alerts',
      none: 'No alert on this model is open.',
      count_one: '{{count}} alert',
      count_other: '{{count}} alerts',
      older: 'Older ones',
      empty: {
        title: 'No such alert',
        text: 'Rules judge the newest windows of every model that reports on drift, performance or data come for.',
      },
      showClosed: 'Show closed ones',
      hideClosed: 'Hide closed ones',
      category: {
        drift: 'Drift',
        performance: 'Performance',
        data: 'Data quality',
        missing: 'Monitoring has stopped',
        serving: 'Something else serves than what is live',
      },
      severity: { low: 'Low', medium: 'Medium', high: 'High' },
      state: { open: 'Open', acknowledged: 'Acknowledged', closed: 'Closed' },
      head: '{{category}} of version {{version}}',
      more_one: 'and {{count}} more finding',
      more_other: 'and {{count}} more findings',
      since: 'since {{time}}',
      acknowledgedBy: '{{by}} took it on: {{reason}}',
      incident: 'Incident',
      closedBy: 'Closed by {{by}}: {{cause}}',
      endedItself: 'It ended by itself: {{cause}}',
      followUp: 'What follows: {{followUp}}',
      action: '{{id}} ({{type}}): {{state}}',
      actionState: {
        started: 'started',
        failed: 'failed',
        skipped: 'left out',
        running: 'starting; its result is not known yet',
      },
      run: 'See its run',
      history: 'History',
      hideHistory: 'Hide history',
      portal: 'the portal',
      acknowledge: 'Acknowledge',
      close: 'Close',
      cancel: 'Cancel',
      reason: 'Why, and what you do about it',
      incidentLink: 'Address of an incident (optional)',
      cause: 'What was the cause',
      followUpLabel: 'What follows from it',
      dialog: {
        acknowledge: 'Acknowledge the alert',
        close: 'Close the alert',
      },
      failed: 'It could not be saved: {{message}}',
    },
    health: {
      open: 'Open monitoring',
      performanceBreach:
        '{{metric}} ({{kind}}) was outside of its thresholds in {{window}}',
      performanceOk:
        '{{metric}} ({{kind}}) was within its thresholds in {{window}}',
      performanceUnjudged:
        '{{metric}} ({{kind}}) is known for {{window}}, without a threshold',
      data_one: '{{count}} finding in {{window}}',
      data_other: '{{count}} findings in {{window}}',
    },
  },
});
