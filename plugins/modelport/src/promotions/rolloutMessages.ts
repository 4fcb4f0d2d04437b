export const rolloutMessages = {
  title: 'Rollout',
  label: 'How it comes there',
  kinds: {
    direct: 'All at once',
    canary: 'Canary, by steps',
    shadow: 'Shadow, with a copy of the requests',
    ab: 'A/B, side by side',
  },
  notPossible: '{{kind}}: {{reason}}',
  direct:
    'It is brought all at once: from then on it has everything that comes to {{environment}}.',
  then: 'At the end version {{version}} has everything.',
  steps: 'Steps of the rollout',
  step: {
    live: 'Step {{number}}: {{percent}} % to version {{version}}',
    shadow:
      'Step {{number}}: a copy of {{percent}} % to version {{version}}, whose answers nobody gets',
  },
  holds: 'at least {{time}}',
  last: 'Everything to version {{version}}',
  state: { done: 'done', current: 'now', pending: 'to come' },
  since: 'since {{time}}',
  next: {
    automatic: 'It goes on by itself when the time of a step is over.',
    manual: 'A person lets it go to each next step.',
  },
  abortOn: 'It returns to the version before by itself where:',
  waitsFor: {
    time: 'The next step comes {{time}} at the earliest.',
    person: 'It waits for a person who lets it go on.',
    registry: 'The registry is being changed.',
  },
  problem: 'It does not go on by itself: {{reason}}',
  aborted: '{{by}} aborted it {{time}}: {{reason}}',
  left: 'It failed on the way, and the registry still splits what comes to {{environment}}.',
  goOn: {
    step: 'Go to step {{number}}',
    last: 'Let it have everything',
  },
  abort: {
    button: 'Abort',
    title: 'Abort, and return to version {{version}}?',
    text: 'The version before gets everything back at once, and this promotion ends.',
    reason: 'Why',
    send: 'Abort',
  },
  shares: 'Shares in {{environment}}',
  share: {
    live: 'version {{version}}: {{percent}} %',
    shadow: 'version {{version}}: a copy of {{percent}} %',
  },
  observed: 'seen: {{share}}',
  underWay: 'Step {{step}} of {{steps}}, go on or abort',
  stopped: 'Stopped at step {{step}} of {{steps}}',
} as const;
