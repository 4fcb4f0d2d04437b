export const overviewMessages = {
  back: 'All models',
  missing: {
    title: 'No registry lists this model',
    named:
      'The entity’s annotations name the model “{{name}}”, but no source that you may read lists it.',
    text: 'It appears here once a source has read it.',
    sources: 'See the sources',
  },
  purpose: {
    title: 'What it is for',
    empty:
      'The registry holds no description. Write one there, and it appears here with the next sync.',
  },
  facts: {
    owner: 'Owner',
    task: 'Task',
    framework: 'Framework',
    system: 'System',
    lifecycle: 'Lifecycle',
    source: 'Source',
    updated: 'Last change',
    versions: 'Versions',
    latest: '{{number}}, newest {{version}}',
    tags: 'Tags',
    none: 'not recorded',
  },
  inUse: {
    title: 'What runs where',
    asOf: 'As of {{time}}',
    table: 'Environments of the model and the version in each',
    environment: 'Environment',
    version: 'Version',
    since: 'Since',
    seen: 'Seen running',
    sinceUnknown: 'before the first sync',
    notSeen: 'nothing reports back',
    noReports:
      'By alias or stage in the registry; nothing reports back which version really answers.',
    empty:
      'No version stands in an environment. Give one an alias in the registry, such as champion, and it appears here.',
    aliases: 'Aliases',
    toPromotions: 'Promotions and rollback',
  },
  metric: {
    title: 'Main metric',
    empty:
      'No version carries a metric. Log one with the run, and it appears here.',
    unit: 'As the registry records it; the dataset is shown with the version.',
    toVersions: 'All versions and metrics',
  },
  health: {
    title: 'Health',
    drift: 'Drift',
    performance: 'Performance',
    data: 'Data',
    noEvidence:
      'Nothing reports on these yet. A report of Evidently, NannyML or SageMaker Model Monitor among the artefacts, or pushed, fills them.',
  },
  drivers: {
    title: 'Top drivers',
  },
  card: {
    title: 'Model card',
    titleProduction: 'Model card of version {{version}}, in production',
    titleLatest: 'Model card of version {{version}}, the latest',
    complete: '{{percent}} of what its risk tier asks for',
    empty:
      'This version has no card. Put a MODEL_CARD.md among the files of its run, and it is read.',
    reasons: {
      absent: 'The card has no section for: {{fields}}.',
      placeholder: 'Only a placeholder: {{fields}}.',
      outdated: 'Older than the version: {{fields}}.',
      unattested: 'Attested by nobody here: {{fields}}.',
    },
    more: '{{number}} more',
    open: 'Read the card',
  },
  risk: {
    title: 'Risk tier',
    confirm: 'Confirm the tier',
    change: 'Change the tier',
    mayNot: 'You may not confirm the tier.',
    dialogTitle: 'Confirm the risk tier of {{name}}',
    dialogText:
      'Your name and the time are recorded with your words. From then on the model counts as the tier that you confirm: unless the policy says otherwise, a promotion takes two people at high and one at medium, and goes live by itself at low where every gate passes.',
    tier: 'Tier',
    comment: 'Why this tier',
    commentHint: 'For example the assessment that it rests on.',
    cancel: 'Cancel',
    send: 'Confirm',
    failed: 'The tier was not recorded: {{message}}',
  },
  activity: {
    title: 'Latest activity',
    list: 'Latest activity of the model',
    empty: 'Nothing has changed since the first sync.',
    'model-created': 'The model was registered',
    'model-retired': 'The model was retired: its source no longer lists it',
    'model-returned': 'The model came back',
    'source-removed':
      'The source was removed from this portal’s configuration; nothing is known of a change of the model',
    'source-returned':
      'The source was added to this portal’s configuration again',
    'version-created': 'Version {{version}} was added',
    'version-retired': 'Version {{version}} was removed',
    'alias-changed': 'The alias {{alias}} changed: {{from}} → {{to}}',
    'alias-set': 'The alias {{alias}} was given to version {{to}}',
    'alias-removed': 'The alias {{alias}} was taken from version {{from}}',
    'alias-other': 'An alias changed',
    'risk-tier-confirmed': 'The risk tier was confirmed as {{tier}}',
    'risk-tier-other': 'The risk tier was confirmed',
    more: 'Show older',
  },
} as const;
