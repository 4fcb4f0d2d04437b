import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useStarredEntities } from '@backstage/plugin-catalog-react';
import { Model } from '@modelport/plugin-modelport-common';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import { memo } from 'react';
import { QuietLine } from '../components/Quiet';
import { PLAIN_CELL, PLAIN_ROW, ScrollTable } from '../components/ScrollTable';
import { modelTranslationRef } from './messages';
import { ColumnName, ModelCell, SORT_OF_COLUMN } from './columns';
import { ModelsView, SortField } from './modelsView';
import { Star } from './NameCell';

/** A row; what is loaded beside the table does not draw it again. */
const ModelRow = memo(function Row(props: {
  model: Model;
  columns: readonly ColumnName[];
  isStarred: boolean;
  toggleStar: Star['toggle'];
}) {
  const { model, columns, isStarred, toggleStar } = props;
  return (
    <tr className={PLAIN_ROW}>
      {columns.map(column => (
        <td key={column} className={PLAIN_CELL}>
          <ModelCell
            column={column}
            model={model}
            star={{ isStarred, toggle: toggleStar }}
          />
        </td>
      ))}
    </tr>
  );
});

const NOTE = { padding: 8 } as const;

/** A page of models as a table. */
export function ModelsTable(props: {
  models: Model[];
  columns: readonly ColumnName[];
  sort: ModelsView['sort'];
  onSort: (field: SortField) => void;
  busy: boolean;
}) {
  const { models, columns, sort, onSort, busy } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const { isStarredEntity, toggleStarredEntity } = useStarredEntities();
  const order = sort.descending ? 'desc' : 'asc';
  return (
    <>
      {sort.field === 'mainMetric' && (
        <QuietLine style={NOTE}>{t('table.mixedMetrics')}</QuietLine>
      )}
      <ScrollTable caption={t('table.label')} busy={busy}>
        <TableHead>
          <TableRow>
            {columns.map(column => {
              const field = SORT_OF_COLUMN[column];
              const isSorted = field === sort.field;
              const title = t(`table.${column}`);
              return (
                <TableCell
                  key={column}
                  sortDirection={isSorted ? order : false}
                >
                  {field ? (
                    <TableSortLabel
                      active={isSorted}
                      direction={isSorted ? order : 'asc'}
                      onClick={() => onSort(field)}
                    >
                      {title}
                    </TableSortLabel>
                  ) : (
                    title
                  )}
                </TableCell>
              );
            })}
          </TableRow>
        </TableHead>
        <TableBody>
          {models.map(model => (
            <ModelRow
              key={JSON.stringify([model.source, model.name])}
              model={model}
              columns={columns}
              isStarred={isStarredEntity(model.entityRef)}
              toggleStar={toggleStarredEntity}
            />
          ))}
        </TableBody>
      </ScrollTable>
    </>
  );
}
