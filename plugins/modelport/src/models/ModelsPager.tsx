import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ModelPage } from '@modelport/plugin-modelport-common';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { Pager } from '../components/Pager';
import { modelTranslationRef } from './messages';
import { PAGE_SIZES } from './modelsView';
import { ModelsViewControl } from './useModelsView';

/** Where in the list the page stands, its size, and the steps to others. */
export function ModelsPager(props: {
  control: ModelsViewControl;
  page: ModelPage;
}) {
  const { control, page } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const { view, pagesBefore, toNext } = control;
  const all = page.totalItems.toLocaleString('en');
  const from = (pagesBefore ?? 0) * view.pageSize;
  const place =
    pagesBefore === undefined
      ? t('page.part', {
          number: page.items.length.toLocaleString('en'),
          all,
        })
      : t('page.range', {
          from: (from + Math.min(1, page.items.length)).toLocaleString('en'),
          to: (from + page.items.length).toLocaleString('en'),
          all,
        });
  const cursor = page.nextCursor;
  return (
    <Pager
      labels={{
        first: t('page.first'),
        previous: t('page.previous'),
        next: t('page.next'),
      }}
      toFirst={view.cursor ? control.toFirst : undefined}
      toPrevious={control.toPrevious}
      toNext={cursor ? () => toNext(cursor) : undefined}
    >
      <span>{t('page.size')}</span>
      <Select
        size="small"
        variant="standard"
        value={view.pageSize}
        onChange={event => control.setPageSize(Number(event.target.value))}
        inputProps={{ 'aria-label': t('page.size') }}
      >
        {PAGE_SIZES.map(size => (
          <MenuItem key={size} value={size}>
            {size}
          </MenuItem>
        ))}
      </Select>
      <span aria-live="polite">{place}</span>
    </Pager>
  );
}
