import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Gate, Promotion } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { Age } from '../components/Age';
import { Nothing, Section } from '../components/Section';
import { promotionTranslationRef } from './messages';
import { evidenceNow, gatesNow } from './changesBetween';
import { GateCounts } from './GateOutcomeText';
import { GatesTable } from './GatesTable';
import { PromotionControl } from './usePromotion';
import { WaiverDialog } from './WaiverDialog';

/** Every gate with its rule, value and evidence, as it stands now, and how it stood at the request. */
export function GatesSection(props: {
  promotion: Promotion;
  control: PromotionControl;
}) {
  const { promotion, control } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const [waived, setWaived] = useState<Gate>();
  const gates = gatesNow(promotion);
  const canWaive = promotion.actions?.waive;
  const revision = control.looked?.revision ?? promotion.revision;
  return (
    <Section title={t('gates.title')} actions={<GateCounts gates={gates} />}>
      {promotion.now && (
        <Alert severity="warning" sx={{ mb: 1.5 }}>
          {t('gates.changed', {
            time: <Age time={promotion.now.at} />,
          })}
        </Alert>
      )}
      {gates.length === 0 ? (
        <Nothing>{t('gates.none')}</Nothing>
      ) : (
        <GatesTable
          gates={gates}
          before={promotion.now ? promotion.gates : undefined}
          evidence={[...evidenceNow(promotion), ...promotion.evidence]}
          actionOf={gate =>
            canWaive?.allowed &&
            gate.outcome !== 'pass' &&
            gate.waivable &&
            !gate.waiver && (
              <Button size="small" onClick={() => setWaived(gate)}>
                {t('waiver.button')}
              </Button>
            )
          }
        />
      )}
      {waived && (
        <WaiverDialog
          gate={waived}
          busy={control.busy}
          refusal={control.refusal}
          onClose={() => setWaived(undefined)}
          onWaive={async request => {
            const isDone = await control.act(() =>
              api.waiveGate(promotion.id, {
                ...request,
                gate: waived.id,
                revision,
              }),
            );
            if (isDone) {
              setWaived(undefined);
            }
          }}
        />
      )}
    </Section>
  );
}
