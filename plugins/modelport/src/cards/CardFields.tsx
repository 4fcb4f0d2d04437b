import {
  identityApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  Card,
  CardAttestation,
  CardClaim,
  CardField,
  CardMissing,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import { ModelId } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Section } from '../components/Section';
import { cardTranslationRef } from './messages';
import { AttestationText } from './AttestationText';
import { CARD_GROUPS } from './cardGroups';
import { CardValue } from './CardValue';
import { ProvenanceText } from './ProvenanceText';
import { reasonsOf } from './reasonsOf';
import { MEASURED, useFieldName } from './useFieldName';
import { WithdrawButton } from './WithdrawButton';

/** The card as people read one: group after group, each field with where it comes from and how old it is. */
export function CardFields(props: {
  id: ModelId;
  card: Card;
  version: string;
  /** Told once the reader withdrew an attestation. */
  onWithdrawn: () => void;
}) {
  const { id, card, version, onWithdrawn } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const identity = useApi(identityApiRef);
  const { value: me } = useLoad('me', () => identity.getBackstageIdentity());
  const contradicted = new Set(
    card.contradictions.map(({ path }) => path.split('.')[0]),
  );
  const missing = new Map(
    card.completeness.missing.map(({ path, reason }) => [path, reason]),
  );
  const reasons = reasonsOf(card);
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
        const why = field ? undefined : reasons.get(path);
        return field || why ? [{ path, field, why }] : [];
      }),
  })).filter(({ fields }) => fields.length > 0);
  return (
    <>
      {groups.map(({ group, fields }) => (
        <Section key={group} title={t(`groups.${group}`)}>
          {fields.map(({ path, field, why }) => (
            <OneField
              key={path}
              path={path}
              field={field ?? card.fields.notApplicable}
              why={why}
              attestation={partOf(card.attestations, path)}
              lapsed={partOf(card.lapsed, path)}
              withdraw={
                partOf(card.attestations, path)?.by === me?.userEntityRef && (
                  <WithdrawButton
                    id={id}
                    version={version}
                    path={path}
                    onWithdrawn={onWithdrawn}
                  />
                )
              }
              claim={partOf(card.claims, path)}
              missing={missing.get(path)}
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
  /** Why the field does not apply, where it does not. */
  why: string | undefined;
  attestation: CardAttestation | undefined;
  lapsed: CardAttestation | undefined;
  /** For who attested it. */
  withdraw: ReactNode;
  claim: CardClaim | undefined;
  missing: CardMissing['reason'] | undefined;
  version: string;
  isContradicted: boolean;
}) {
  const { path, field, why, attestation, withdraw, claim, missing } = props;
  const { lapsed, version, isContradicted } = props;
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
        <ProvenanceText provenance={field.provenance} version={version} />
        <AttestationText
          attestation={attestation}
          lapsed={lapsed}
          claim={claim}
          missing={missing}
        />
        {attestation && withdraw}
        {isContradicted && (
          <Chip
            size="small"
            color="warning"
            variant="outlined"
            label={t('contradictions.mark')}
            sx={{ m: 0, color: 'text.primary' }}
          />
        )}
      </Box>
      <Box sx={{ typography: 'body2' }}>
        {why === undefined ? (
          <CardValue
            value={field.value}
            caption={t('value.table', { field: name, version })}
          />
        ) : (
          t('attested.doesNotApply', { why })
        )}
      </Box>
    </Box>
  );
}

function partOf<T>(
  parts: Record<string, T> | undefined,
  path: string,
): T | undefined {
  return parts && Object.hasOwn(parts, path) ? parts[path] : undefined;
}
