import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  CardAttestation,
  CardMissing,
} from '@modelport/plugin-modelport-common';
import OutdatedIcon from '@mui/icons-material/History';
import AttestedIcon from '@mui/icons-material/HowToReg';
import Box from '@mui/material/Box';
import { Age } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { cardTranslationRef } from './messages';

const ICON = { fontSize: 14, verticalAlign: 'text-bottom', mr: 0.25 } as const;

/** Who vouches for what a field says, and why that does not count where it does not. */
export function AttestationText(props: {
  attestation: CardAttestation | undefined;
  /** Why the field does not count for what the template asks; undefined where it does, or is not asked for. */
  missing: CardMissing['reason'] | undefined;
}) {
  const { attestation, missing } = props;
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
                at: <Age time={attestation.at} />,
              })}
        </>
      )}
      {attestation && isKnown && ' · '}
      {isKnown && (
        <Box component="span" sx={{ color: 'text.primary' }}>
          <OutdatedIcon aria-hidden color="warning" sx={ICON} />
          {t(`attested.${missing}`)}
        </Box>
      )}
    </Box>
  );
}
