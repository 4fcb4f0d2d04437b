import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardField } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { Section } from '../components/Section';
import { cardTranslationRef } from './messages';
import { CARD_GROUPS } from './cardGroups';
import { CardValue } from './CardValue';
import { ProvenanceText } from './ProvenanceText';
import { MEASURED, useFieldName } from './useFieldName';

/** The card as people read one: group after group, each field with where it comes from and how old it is. */
export function CardFields(props: { card: Card; version: string }) {
  const { card, version } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const contradicted = new Set(
    card.contradictions.map(({ path }) => path.split('.')[0]),
  );
  const groups = CARD_GROUPS.map(({ group, paths }) => ({
    group,
    fields: paths
      .flatMap((path): string[] =>
        path === 'metrics' ? [path, MEASURED] : [path],
      )
      .flatMap(path => {
        const field = Object.hasOwn(card.fields, path)
          ? card.fields[path]
          : undefined;
        return field ? [{ path, field }] : [];
      }),
  })).filter(({ fields }) => fields.length > 0);
  return (
    <>
      {groups.map(({ group, fields }) => (
        <Section key={group} title={t(`groups.${group}`)}>
          {fields.map(({ path, field }) => (
            <OneField
              key={path}
              path={path}
              field={field}
              version={version}
              isContradicted={contradicted.has(path)}
            />
          ))}
        </Section>
      ))}
    </>
  );
}

function OneField(props: {
  path: string;
  field: CardField;
  version: string;
  isContradicted: boolean;
}) {
  const { path, field, version, isContradicted } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const name = useFieldName()(path);
  return (
    <Box
      role="group"
      aria-label={name}
      sx={{ mb: 2, '&:last-child': { mb: 0 }, breakInside: 'avoid' }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'baseline',
          columnGap: 1,
        }}
      >
        <Typography variant="subtitle2" component="h3">
          {name}
        </Typography>
        <ProvenanceText provenance={field.provenance} />
        {isContradicted && (
          <Chip
            size="small"
            color="warning"
            variant="outlined"
            label={t('contradictions.mark')}
            sx={{ m: 0 }}
          />
        )}
      </Box>
      <Box sx={{ typography: 'body2' }}>
        <CardValue
          value={field.value}
          caption={t('value.table', { field: name, version })}
        />
      </Box>
    </Box>
  );
}
