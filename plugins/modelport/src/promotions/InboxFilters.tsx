import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PromotionCounts } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { SearchBox } from '../components/SearchBox';
import { promotionTranslationRef } from './messages';
import {
  InboxView,
  OPEN_STATES,
  PROMOTION_STATES,
  Scope,
  SCOPES,
} from './inboxView';

const ALL = '';
const OPEN = 'open';

/** Whose promotions, in which state, where, and of which model. */
export function InboxFilters(props: {
  view: InboxView;
  change: (part: Partial<InboxView>) => void;
  search: (model: string) => void;
  counts: PromotionCounts | undefined;
  /** Environments of what is shown: they can be chosen. */
  environments: string[];
}) {
  const { view, change, search, counts, environments } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const countOf = (state: string) =>
    counts?.states.find(one => one.state === state)?.count ?? 0;
  const labelOf = (scope: Scope) =>
    scope === 'waiting' && counts
      ? t('inbox.scopes.waitingCount', {
          number: String(counts.waitingForMe),
        })
      : t(`inbox.scopes.${scope}`);
  const isOpenOnly =
    JSON.stringify(view.states) === JSON.stringify(statesOf(OPEN));
  const [oneState = ALL, ...moreStates] = view.states;
  const state = isOpenOnly
    ? OPEN
    : (moreStates.length === 0 && oneState) || ALL;
  const choices = [...new Set([...environments, ...view.environments])].sort();
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1.5,
      }}
    >
      <ToggleButtonGroup
        exclusive
        size="small"
        value={view.scope}
        aria-label={t('inbox.scopes.label')}
        onChange={(_event, scope: Scope | null) => scope && change({ scope })}
      >
        {SCOPES.map(scope => (
          <ToggleButton
            key={scope}
            value={scope}
            sx={{ textTransform: 'none', px: 1.5 }}
          >
            {labelOf(scope)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <TextField
        select
        size="small"
        label={t('inbox.state')}
        value={state}
        onChange={event => change({ states: statesOf(event.target.value) })}
        sx={{ minWidth: 150 }}
      >
        <MenuItem value={ALL}>{t('inbox.anyState')}</MenuItem>
        <MenuItem value={OPEN}>{t('inbox.open')}</MenuItem>
        {PROMOTION_STATES.map(name => (
          <MenuItem key={name} value={name}>
            {t(`states.${name}`)}
            {counts && ` (${countOf(name)})`}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        size="small"
        label={t('inbox.environment')}
        value={view.environments[0] ?? ALL}
        onChange={event =>
          change({
            environments: event.target.value ? [event.target.value] : [],
          })
        }
        sx={{ minWidth: 150 }}
      >
        <MenuItem value={ALL}>{t('inbox.anyEnvironment')}</MenuItem>
        {choices.map(name => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <SearchBox
        value={view.model}
        onSearch={search}
        label={t('inbox.model')}
        placeholder={t('inbox.modelHint')}
        clearLabel={t('inbox.clear')}
      />
    </Box>
  );
}

function statesOf(choice: string) {
  return PROMOTION_STATES.filter(state =>
    choice === OPEN ? OPEN_STATES.includes(state) : state === choice,
  );
}
