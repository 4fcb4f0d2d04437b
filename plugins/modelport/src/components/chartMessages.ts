import { createTranslationRef } from '@backstage/frontend-plugin-api';
/**
 * The texts of the charts, for translation.
 *
 * @public
 */
export const chartTranslationRef = createTranslationRef({
  id: 'modelport.charts',
  messages: {
    showTable: 'Show as table',
    showChart: 'Show as chart',
    downloadCsv: 'CSV',
    downloadCsvOf: 'Download {{title}} as CSV',
    points_one: '{{count}} point',
    points_other: '{{count}} points',
    summary:
      '{{title}}: {{points}}, first {{first}}, last {{last}}, lowest {{lowest}}, highest {{highest}}.',
    summaryNothingToDraw:
      '{{title}}: {{points}}, none of which can be drawn; the table shows them.',
    notDrawn_one:
      '{{count}} value is not a finite number and leaves a gap; the table shows it.',
    notDrawn_other:
      '{{count}} values are not finite numbers and leave gaps; the table shows them.',
    sampled:
      'Drawn from {{shown}} of {{all}} points; the table and the CSV hold all.',
    marked: 'A square marks a window in breach.',
    trend: '{{label}}, oldest first: {{values}}',
    tableMore: 'Shows the first {{shown}} of {{all}} rows; the CSV holds all.',
  },
});
