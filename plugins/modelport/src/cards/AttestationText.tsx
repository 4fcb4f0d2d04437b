import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  CardAttestation,
  CardClaim,
  CardMissing,
} from '@modelport/plugin-modelport-common';
import OutdatedIcon from '@mui/icons-material/History';
import AttestedIcon from '@mui/icons-material/HowToReg';
import Box from '@mui/material/Box';
import { Day } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { CardTime } from './CardTime';
import { cardTranslationRef } from './messages';

const ICON = { fontSize: 14, verticalAlign: 'text-bottom', mr: 0.25 } as const;

/** Who vouches for what a field says, who is only said to, and why the field does not count where it does not. */
export function AttestationText(props: {
  attestation: CardAttestation | undefined;
  /** Who attested what the field said before. */
  lapsed: CardAttestation | undefined;
  /** Who a document or the registry says vouches for it. */
  claim: CardClaim | undefined;
  /** Why the field does not count for what the template asks; undefined where it does, or is not asked for. */
  missing: CardMissing['reason'] | undefined;
}) {
  const { attestation, lapsed, claim, missing } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const isKnown = missing !== undefined && missing !== 'absent';
  return (
    <Box
      component="span"
      sx={{ typography: 'caption', color: 'text.secondary' }}
    >
      {attestation && (
        <>
          <AttestedIcon aria-hidden sx={ICON} />
          {attestation.at === null
            ? t('attested.by', { by: <EntityText text={attestation.by} /> })
            : t('attested.byAt', {
                by: <EntityText text={attestation.by} />,
                at: <CardTime time={attestation.at} />,
              })}
        </>
      )}
      {!attestation && claim && <ClaimText claim={claim} />}
      {(attestation || claim) && isKnown && ' · '}
      {isKnown && (
        <Box component="span" sx={{ color: 'text.primary' }}>
          <OutdatedIcon aria-hidden color="warning" sx={ICON} />
          {missing === 'unattested' && lapsed?.at
            ? t('attested.lapsed', {
                by: <EntityText text={lapsed.by} />,
                at: <Day time={lapsed.at} />,
              })
            : t(`attested.${missing}`)}
        </Box>
      )}
    </Box>
  );
}

/** Anybody can write a name into a document: it is told as what the document says. */
function ClaimText(props: { claim: CardClaim }) {
  const { by, at, evidence } = props.claim;
  const { t } = useTranslationRef(cardTranslationRef);
  const who = <EntityText text={by} />;
  if (at === null) {
    return (
      <>
        {evidence === null
          ? t('attested.registrySays', { by: who })
          : t('attested.documentSays', { by: who })}
      </>
    );
  }
  const day = <Day time={at} />;
  return (
    <>
      {evidence === null
        ? t('attested.registrySaysAt', { by: who, at: day })
        : t('attested.documentSaysAt', { by: who, at: day })}
    </>
  );
}
