import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  CARD_TEMPLATES,
  CardCompleteness,
  CardTemplate,
  RiskTier,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { formatShare } from '../components/formatFigure';
import { Nothing, Section } from '../components/Section';
import { cardTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { useFieldName } from './useFieldName';

/** How much of what the template asks for this tier is there, and what is not. */
export function CompletenessSection(props: {
  completeness: CardCompleteness;
  riskTier: RiskTier;
}) {
  const { completeness, riskTier } = props;
  const { missing, score } = completeness;
  const { t } = useTranslationRef(cardTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const fieldName = useFieldName();
  const template = CARD_TEMPLATES.find(
    ({ id }) => id === completeness.template,
  );
  const tier = tComponent(`risk.${riskTier}`);
  const text = t('completeness.score', { percent: formatShare(score) });
  const clauses = template ? clausesOf(template) : new Map<string, string>();
  return (
    <Section title={t('completeness.title')}>
      <Box sx={{ typography: 'body2', mb: 0.5 }}>{text}</Box>
      <LinearProgress
        variant="determinate"
        value={score * 100}
        aria-label={text}
        sx={{ mb: 1 }}
      />
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
            sx={{ m: 0, pl: 2.5, typography: 'body2', columnWidth: 320 }}
          >
            {missing.map(({ path, reason }) => {
              const clause = clauses.get(path);
              const field = fieldName(path);
              return (
                <li key={path}>
                  {clause ? t('completeness.clause', { field, clause }) : field}
                  {': '}
                  {t(`completeness.reasons.${reason}`)}
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
    </Section>
  );
}

function clausesOf(template: CardTemplate): Map<string, string> {
  return new Map(
    Object.values(template.fields)
      .flat()
      .map(({ path, clause }) => [path, clause]),
  );
}
