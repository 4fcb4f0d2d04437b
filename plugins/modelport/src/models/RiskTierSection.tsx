import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Model,
  modelportModelsConfirmRiskTierPermission,
  modelResourceRef,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Age } from '../components/Age';
import { Section } from '../components/Section';
import { WhoMay } from '../components/WhoMay';
import { modelTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { RiskTierDialog } from './RiskTierDialog';

/** The tier that counts, why, and for who may the way to confirm it. */
export function RiskTierSection(props: {
  model: Model;
  onConfirmed: (model: Model) => void;
}) {
  const { model, onConfirmed } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const { allowed, loading } = usePermission({
    permission: modelportModelsConfirmRiskTierPermission,
    resourceRef: modelResourceRef(model),
  });
  const [open, setOpen] = useState(false);
  const { riskTier, riskTierProposed, riskTierConfirmed } = model;
  const tier = tComponent(`risk.${riskTier}`);
  return (
    <Section
      title={t('overview.risk.title')}
      actions={
        allowed && (
          <Button size="small" onClick={() => setOpen(true)}>
            {riskTierConfirmed
              ? t('overview.risk.change')
              : t('overview.risk.confirm')}
          </Button>
        )
      }
    >
      <Typography sx={{ fontWeight: 'bold' }} gutterBottom>
        {riskTierConfirmed ? tier : tComponent('risk.unconfirmed', { tier })}
      </Typography>
      {riskTierConfirmed ? (
        <>
          <Typography variant="body2" color="text.secondary" component="div">
            <EntityRefLink
              entityRef={riskTierConfirmed.by}
              defaultKind="user"
              hideIcon
              disableTooltip
            />
            {' · '}
            <Age time={riskTierConfirmed.at} />
          </Typography>
          <Box sx={{ typography: 'body2', overflowWrap: 'anywhere', mt: 0.5 }}>
            {riskTierConfirmed.comment}
          </Box>
        </>
      ) : (
        <Typography variant="body2" color="text.secondary">
          {riskTierProposed
            ? tComponent('risk.proposed', {
                tier: tComponent(`risk.${riskTierProposed}`),
              })
            : tComponent('risk.notProposed')}
        </Typography>
      )}
      {!allowed && !loading && (
        <Box sx={{ mt: 1 }}>
          <WhoMay
            what={t('overview.risk.mayNot')}
            permission={modelportModelsConfirmRiskTierPermission}
            groups="riskGroups"
          />
        </Box>
      )}
      {open && (
        <RiskTierDialog
          model={model}
          onClose={() => setOpen(false)}
          onConfirmed={changed => {
            setOpen(false);
            onConfirmed(changed);
          }}
        />
      )}
    </Section>
  );
}
