import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { FieldProps } from './FieldProps';
import { groupRef } from './findOwnerProblem';
import { formTranslationRef } from './messages';
import { GroupOption, useGroups } from './useGroups';

const byTitleAndRef = createFilterOptions<GroupOption>({
  stringify: ({ ref, title }) => `${title} ${ref}`,
});

/** A group of the catalog that answers for a model. Those of the person come first; an only one is taken at once. */
export function OwnerGroup(props: FieldProps<string>) {
  const { formData, onChange, rawErrors = [], required, schema } = props;
  const { t } = useTranslationRef(formTranslationRef);
  const [text, setText] = useState('');
  const [touched, setTouched] = useState(false);
  const { groups, loading, problem } = useGroups(text);
  const own = groups.filter(group => group.own);
  const only = !loading && own.length === 1 ? own[0].ref : undefined;
  const isUntouched = required && !formData && !touched;

  useEffect(() => {
    if (isUntouched && only !== undefined) {
      onChange(only);
    }
  }, [isUntouched, only, onChange]);

  const ref = formData ? groupRef(formData) ?? formData : undefined;
  const chosen =
    ref === undefined
      ? null
      : groups.find(group => group.ref === ref) ?? {
          ref,
          title: ref,
          own: false,
        };
  return (
    <Autocomplete
      options={groups}
      value={chosen}
      loading={loading}
      autoHighlight
      filterOptions={byTitleAndRef}
      groupBy={group => (group.own ? t('owner.yours') : t('owner.others'))}
      getOptionLabel={group => group.title}
      isOptionEqualToValue={(option, value) => option.ref === value.ref}
      noOptionsText={t('owner.none')}
      onInputChange={(_, written, reason) =>
        setText(reason === 'input' ? written.trim() : '')
      }
      onChange={(_, group) => {
        setTouched(true);
        onChange(group?.ref);
      }}
      renderOption={(optionProps, group) => (
        <li {...optionProps} key={group.ref}>
          <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            {group.title}
            <Box sx={{ typography: 'caption', color: 'text.secondary' }}>
              {group.ref}
            </Box>
          </Box>
        </li>
      )}
      renderInput={params => (
        <TextField
          {...params}
          label={schema.title ?? t('owner.title')}
          required={required}
          error={rawErrors.length > 0 || problem !== undefined}
          helperText={
            problem === undefined
              ? schema.description
              : t('owner.failed', { message: problem })
          }
        />
      )}
    />
  );
}
