import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { EnvironmentState, Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Age, Day } from '../components/Age';
import { formatShare } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { modelTranslationRef } from './messages';
import { VersionLink } from './VersionLink';

/** Which version stands in which environment, since when, and what was seen running. */
export function EnvironmentsSection(props: { model: Model }) {
  const { model } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const entityPath = useEntityRefLink()(model.entityRef);
  const aliases = Object.entries(model.aliases);
  const isReported = model.environments.some(
    ({ observed }) => observed.length > 0,
  );
  return (
    <Section
      title={t('overview.inUse.title')}
      actions={
        <Typography variant="caption" color="text.secondary">
          {t('overview.inUse.asOf', {
            time: <Age time={model.syncedAt} />,
          })}
        </Typography>
      }
    >
      {model.environments.length === 0 ? (
        <Nothing>{t('overview.inUse.empty')}</Nothing>
      ) : (
        <ScrollTable caption={t('overview.inUse.table')}>
          <TableHead>
            <TableRow>
              <TableCell>{t('overview.inUse.environment')}</TableCell>
              <TableCell>{t('overview.inUse.version')}</TableCell>
              <TableCell>{t('overview.inUse.since')}</TableCell>
              {isReported && <TableCell>{t('overview.inUse.seen')}</TableCell>}
            </TableRow>
          </TableHead>
          <TableBody>
            {model.environments.map(state => (
              <TableRow key={`${state.environment} ${state.version}`}>
                <TableCell>{state.environment}</TableCell>
                <TableCell>
                  <VersionLink
                    entityRef={model.entityRef}
                    version={state.version}
                  />
                  {state.share !== null && ` (${formatShare(state.share)})`}
                </TableCell>
                <TableCell>
                  {state.since ? (
                    <Day time={state.since} />
                  ) : (
                    t('overview.inUse.sinceUnknown')
                  )}
                </TableCell>
                {isReported && (
                  <TableCell>
                    <Observed state={state} />
                  </TableCell>
                )}
              </TableRow>
            ))}
          </TableBody>
        </ScrollTable>
      )}
      {model.environments.length > 0 && !isReported && (
        <Typography variant="caption" color="text.secondary" component="p">
          {t('overview.inUse.noReports')}
        </Typography>
      )}
      {aliases.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
          <Typography variant="caption" color="text.secondary" component="span">
            {t('overview.inUse.aliases')}
          </Typography>
          {aliases.map(([alias, version]) => (
            <VersionLink
              key={alias}
              entityRef={model.entityRef}
              version={version}
            >
              <Chip
                size="small"
                label={`${alias} → ${version}`}
                sx={{ m: 0, cursor: 'pointer' }}
              />
            </VersionLink>
          ))}
        </Box>
      )}
      <Box sx={{ mt: 1, typography: 'body2' }}>
        <Link to={`${entityPath}/promotions`}>
          {t('overview.inUse.toPromotions')}
        </Link>
      </Box>
    </Section>
  );
}

function Observed(props: { state: EnvironmentState }) {
  const { t } = useTranslationRef(modelTranslationRef);
  if (props.state.observed.length === 0) {
    return (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {t('overview.inUse.notSeen')}
      </Box>
    );
  }
  return (
    <>
      {props.state.observed.map(({ version, share, lastSeen }) => (
        <Box key={version}>
          {version}
          {share !== null && ` (${formatShare(share)})`}
          {lastSeen && (
            <>
              {', '}
              <Age time={lastSeen} />
            </>
          )}
        </Box>
      ))}
    </>
  );
}
