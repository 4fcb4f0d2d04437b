import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Card,
  CARD_TEMPLATES,
  CardAttestation,
  CardMissing,
  CardTemplate,
  Model,
  modelportCardsAttestPermission,
  modelResourceRef,
} from '@modelport/plugin-modelport-common';
import { usePermission } from '@backstage/plugin-permission-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Day } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { formatShare } from '../components/formatFigure';
import { Nothing, Section } from '../components/Section';
import { ShareBar } from '../components/ShareBar';
import { WhoMay } from '../components/WhoMay';
import { AttestDialog } from './AttestDialog';
import { cardTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { useFieldName } from './useFieldName';

/** How much of what the template asks for this tier is there, and what is not. */
export function CompletenessSection(props: {
  model: Model;
  version: string;
  card: Card;
  /** Told once somebody attested the card. */
  onAttested: () => void;
}) {
  const { model, version, card, onAttested } = props;
  const { completeness, revision } = card;
  const { missing, score } = completeness;
  const { t } = useTranslationRef(cardTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const fieldName = useFieldName();
  const template = CARD_TEMPLATES.find(
    ({ id }) => id === completeness.template,
  );
  const { allowed, loading } = usePermission({
    permission: modelportCardsAttestPermission,
    resourceRef: modelResourceRef(model),
  });
  const [attesting, setAttesting] = useState(false);
  const tier = tComponent(`risk.${model.riskTier}`);
  const text = t('completeness.score', { percent: formatShare(score) });
  const waiting = missing.filter(
    ({ reason }) => reason === 'unattested',
  ).length;
  const { riskTier, riskTierConfirmed, riskTierProposed } = model;
  const mayAttest = allowed && revision !== undefined;
  const clauses = template ? clausesOf(template) : new Map<string, string>();
  return (
    <Section
      title={t('completeness.title')}
      actions={
        mayAttest &&
        waiting === 0 && (
          <Button
            size="small"
            className="modelport-not-printed"
            onClick={() => setAttesting(true)}
          >
            {t('completeness.attestButton')}
          </Button>
        )
      }
    >
      <Box sx={{ typography: 'body2', mb: 0.5 }}>{text}</Box>
      <Box sx={{ mb: 1 }}>
        <ShareBar share={score} label={text} />
      </Box>
      <Typography variant="caption" component="p" color="text.secondary">
        {template
          ? t('completeness.template', {
              name: template.name,
              source: template.source,
              date: template.date,
              tier,
            })
          : t('completeness.ownTemplate', {
              name: completeness.template,
              tier,
            })}{' '}
        {t('completeness.disclaimer')}
      </Typography>
      {!riskTierConfirmed &&
        riskTierProposed !== null &&
        riskTierProposed !== riskTier && (
          <Typography variant="body2" sx={{ mt: 1 }}>
            {t('completeness.unconfirmed', {
              proposed: tComponent(`risk.${riskTierProposed}`),
              tier,
            })}
          </Typography>
        )}
      {mayAttest && waiting > 0 && (
        <Alert
          severity="info"
          className="modelport-not-printed"
          sx={{ my: 1 }}
          action={
            <Button
              size="small"
              variant="contained"
              onClick={() => setAttesting(true)}
            >
              {t('completeness.attestButton')}
            </Button>
          }
        >
          {t('completeness.waiting', { count: waiting })}
        </Alert>
      )}
      {missing.length === 0 ? (
        <Nothing>{t('completeness.nothing')}</Nothing>
      ) : (
        <>
          <Typography variant="subtitle2" component="h3" sx={{ mt: 1 }}>
            {t('completeness.missing')}
          </Typography>
          <Box
            component="ul"
            aria-label={t('completeness.missing')}
            sx={{
              m: 0,
              pl: 2.5,
              typography: 'body2',
              columnWidth: 320,
              columnGap: 4,
            }}
          >
            {missing.map(({ path, reason }) => {
              const clause = clauses.get(path);
              const field = fieldName(path);
              return (
                <li key={path}>
                  {clause ? t('completeness.clause', { field, clause }) : field}
                  {': '}
                  <ReasonText reason={reason} lapsed={lapsedOf(card, path)} />
                </li>
              );
            })}
          </Box>
          {missing.some(({ reason }) => reason === 'unattested') && (
            <Typography variant="caption" component="p" sx={{ mt: 1 }}>
              {t('completeness.attest')}
            </Typography>
          )}
        </>
      )}
      {!allowed && !loading && revision !== undefined && (
        <Box className="modelport-not-printed" sx={{ mt: 1 }}>
          <WhoMay
            what={t('completeness.mayNot')}
            permission={modelportCardsAttestPermission}
            groups="riskGroups"
            orOwner
          />
        </Box>
      )}
      {attesting && revision !== undefined && (
        <AttestDialog
          id={model}
          version={version}
          card={{ ...card, revision }}
          onClose={() => setAttesting(false)}
          onAttested={() => {
            setAttesting(false);
            onAttested();
          }}
        />
      )}
    </Section>
  );
}

/** Why a field does not count; where somebody attested what it said before, who and when. */
function ReasonText(props: {
  reason: CardMissing['reason'];
  lapsed: CardAttestation | undefined;
}) {
  const { reason, lapsed } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  return (
    <>
      {reason === 'unattested' && lapsed?.at
        ? t('attested.lapsed', {
            by: <EntityText text={lapsed.by} />,
            at: <Day time={lapsed.at} />,
          })
        : t(`completeness.reasons.${reason}`)}
    </>
  );
}

function lapsedOf(card: Card, path: string): CardAttestation | undefined {
  return card.lapsed && Object.hasOwn(card.lapsed, path)
    ? card.lapsed[path]
    : undefined;
}

function clausesOf(template: CardTemplate): Map<string, string> {
  return new Map(
    Object.values(template.fields)
      .flat()
      .map(({ path, clause }) => [path, clause]),
  );
}
