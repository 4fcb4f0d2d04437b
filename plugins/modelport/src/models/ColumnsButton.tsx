import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ColumnsIcon from '@mui/icons-material/ViewColumnOutlined';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { modelTranslationRef } from './messages';
import { ColumnName, COLUMNS } from './columns';

/** Chooses the columns of the table. */
export function ColumnsButton(props: {
  columns: readonly ColumnName[];
  onChange: (columns: readonly ColumnName[] | undefined) => void;
}) {
  const { columns, onChange } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        startIcon={<ColumnsIcon />}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('table.columns')}
      </Button>
      <Menu
        anchorEl={anchor}
        open={Boolean(anchor)}
        onClose={() => setAnchor(null)}
        MenuListProps={{
          'aria-label': t('table.columnsTitle'),
          dense: true,
        }}
      >
        {COLUMNS.map(name => {
          const isShown = columns.includes(name);
          return (
            <MenuItem
              key={name}
              role="menuitemcheckbox"
              aria-checked={isShown}
              disabled={name === 'name'}
              onClick={() =>
                onChange(
                  COLUMNS.filter(candidate =>
                    candidate === name ? !isShown : columns.includes(candidate),
                  ),
                )
              }
            >
              <Checkbox
                size="small"
                checked={isShown}
                tabIndex={-1}
                disableRipple
                aria-hidden
                sx={{ p: 0, mr: 1 }}
              />
              {t(`table.${name}`)}
            </MenuItem>
          );
        })}
        <Divider />
        <MenuItem onClick={() => onChange(undefined)}>
          {t('table.columnsReset')}
        </MenuItem>
      </Menu>
    </>
  );
}
