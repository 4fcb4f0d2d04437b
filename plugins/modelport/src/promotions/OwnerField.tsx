import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useLoad } from '../api/useLoad';

const MOST_OFFERED = 20;

/** A person or a group: those of the catalog whose names hold what is written are offered; a ref can be written, too. */
export function OwnerField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, value, onChange } = props;
  const catalog = useApi(catalogApiRef);
  const [term, setTerm] = useState('');
  const found = useLoad(
    term,
    async () => {
      const { items } = await catalog.queryEntities({
        filter: { kind: ['user', 'group'] },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: MOST_OFFERED,
        orderFields: [{ field: 'metadata.name', order: 'asc' }],
        ...(term && {
          fullTextFilter: {
            term,
            fields: [
              'metadata.name',
              'metadata.title',
              'spec.profile.displayName',
            ],
          },
        }),
      });
      return items.map(entity => stringifyEntityRef(entity));
    },
    { keepPrevious: true },
  );
  return (
    <Autocomplete
      freeSolo
      options={found.value ?? []}
      // What was found holds what was written, though maybe not in the ref.
      filterOptions={options => options}
      inputValue={value}
      onInputChange={(_event, written, reason) => {
        onChange(written);
        if (reason === 'input') {
          setTerm(written.trim().replace(/^.*[:/]/, ''));
        }
      }}
      sx={{ flex: '2 1 200px' }}
      renderInput={params => (
        <TextField
          {...params}
          size="small"
          label={label}
          placeholder="user:default/ada"
          required
          inputProps={{ ...params.inputProps, maxLength: 500 }}
        />
      )}
    />
  );
}
