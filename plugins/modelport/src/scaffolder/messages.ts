import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * The texts of the fields of Modelport's templates, for translation.
 *
 * @public
 */
export const formTranslationRef = createTranslationRef({
  id: 'modelport.scaffolder',
  messages: {
    name: {
      label: 'Name',
      problem: 'This name {{problem}}.',
      free: 'Free. Its Python package is {{name}}.',
      unknown:
        'This name could not be looked up; it is checked again when the model is made.',
    },
    gates: {
      metric: 'Metric',
      rule: 'Rule',
      rules: { at_least: 'at least', at_most: 'at most' },
      value: 'Value',
      number: 'A number',
      add: 'Add a gate',
      remove: 'Remove the gate on {{metric}}',
      failed:
        'The metrics of the task could not be read: {{message}}. The usual gates are taken; conf/gates.yaml holds them.',
    },
    targets: {
      sagemaker: {
        title: 'SageMaker',
        about:
          'A pipeline that trains and registers, an endpoint with a canary',
      },
      azureml: {
        title: 'Azure ML',
        about: 'A job, and an endpoint that is tried before it gets traffic',
      },
      databricks: {
        title: 'Databricks',
        about: 'A bundle: a job, a model in Unity Catalog, an endpoint',
      },
      kubernetes: {
        title: 'Kubernetes with KServe',
        about: 'An InferenceService, a job that monitors, a network policy',
      },
    },
    preview: {
      show: 'Show the files',
      again: 'Show again',
      files: 'Files',
      found: '{{number}} files. Nothing has been made yet.',
    },
    owner: {
      yours: 'Yours',
      others: 'Others',
      none: 'The catalog has no such group',
      title: 'Group',
      failed: 'The groups of the catalog could not be read: {{message}}',
    },
    host: {
      label: 'Git host',
      visibility: 'Visibility',
      failed:
        'The git hosts could not be read: {{message}}. The repository is made where the portal makes all of them.',
      none: 'There is nowhere to make a repository: who runs the portal has to configure an integration with GitHub, GitLab, Azure or Gitea, or modelport.scaffolder.repositories.',
      missing:
        '{{title}} can be chosen once the portal’s backend has the package {{name}}.',
      visibilities: {
        private: 'Private',
        internal: 'Internal',
        public: 'Public',
      },
    },
    features: {
      none: 'The repository begins with the columns of its task’s own sample.',
      column: 'Column',
      values: 'Values',
      between: 'number from {{low}} to {{high}}',
      label: 'The label is a {{range}}.',
      classes: 'The label is one of {{classes}}.',
      words:
        'The label is yes where it is “{{yes}}”, and no where it is “{{no}}”.',
      swap: 'Swap yes and no',
      leave: 'Leave the columns out',
    },
    sample: {
      title: 'Begin with a sample of your data',
      text: 'A CSV or Parquet file tells which column is what. It is read in this browser and not sent. What you fill in below becomes part of the form: the names of columns, orders of magnitude of numbers, and categories that at least five rows share.',
      choose: 'Choose a file',
      another: 'Choose another file',
      reading: 'Reading {{name}}',
      failed: '{{name}} can’t be taken as a sample. {{message}}.',
      read: '{{name}}: {{rows}} rows, {{columns}} columns.',
      head: '{{name}}: the first {{rows}} rows, {{columns}} columns.',
      nested: 'Not looked at, as they hold lists or structures: {{names}}.',
      guess:
        'What each column is was guessed from its name and its values. Look at it before you take it.',
      table: 'Columns of the sample',
      column: 'Column',
      type: 'Type',
      missing: 'Missing',
      distinct: 'Different values',
      more: 'more than {{number}}',
      use: 'Use',
      useOf: 'Use of {{name}}',
      looksLike: 'looks like {{kind}}',
      odd: 'The form takes letters, digits and underscores only; rename it to use it.',
      task: 'Set the task to {{task}}, as the label suggests',
      fill: 'Fill in the form',
      filled: 'Filled in below: {{what}}.',
      filledTask: 'the task {{task}}',
      filledRole: '{{column}} as {{role}}',
      filledFeatures:
        'as features {{numbers}} of numbers and {{categories}} of categories',
      left: 'Left out, as they are free text, times, about people, or have a name that the repository can’t take: {{names}}.',
      lacks: {
        facts:
          'The features of your sample were not taken: what the task can begin with could not be read. Choose the file again to try once more.',
        label:
          'Choose a label, and the repository begins with the features of your sample too.',
        id: 'Choose an id, and the repository begins with the features of your sample too.',
        time: 'Choose the time of a row, and the repository begins with the features of your sample too.',
        query:
          'Choose the query that a row is an item of, and the repository begins with the features of your sample too.',
        number:
          'The repository can’t begin with the features of your sample, as it needs a number among them, and for a regression or a forecast as the label.',
        classes:
          'The repository can’t begin with the features of your sample, as it does not tell the values of the label: at least five rows have to have each, and a binary label two.',
        grades:
          'The repository can’t begin with the features of your sample, as the label of a ranking has to be a grade of relevance: whole numbers from 0 to 30 at most, or yes and no.',
      },
      ahead:
        'A feature of a forecast has to be known when the forecast is made, as promotions are: choose “not used” for columns that only the day itself tells.',
      noSeries:
        'No column was chosen as the series, so all rows are taken as steps of one.',
      personal:
        'Rows that tell of people are personal data: say so under “Data” in the first step.',
      filledNothing: 'Nothing was chosen, so nothing was filled in.',
      types: {
        boolean: 'yes or no',
        integer: 'whole number',
        number: 'number',
        time: 'time',
        text: 'text',
        bytes: 'bytes',
        empty: 'empty',
      },
      roles: {
        feature: 'feature',
        label: 'label',
        id: 'id',
        time: 'time',
        series: 'series',
        query: 'query',
        protected: 'protected attribute',
        personal: 'personal data',
        unused: 'not used',
      },
      kinds: {
        'e-mail': 'e-mail addresses',
        phone: 'phone numbers',
        name: 'names of people',
        address: 'addresses',
        birth: 'dates of birth',
        number: 'numbers that name a person',
        person: 'ids of people',
        internet: 'addresses of devices',
      },
      tasks: {
        binary: 'Binary',
        multiclass: 'Multiclass',
        regression: 'Regression',
      },
    },
  },
});
