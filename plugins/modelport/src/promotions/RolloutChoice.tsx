import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RolloutKind, RolloutOption } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { QuietLine } from '../components/Quiet';
import { promotionTranslationRef } from './messages';
import { RolloutPlan } from './RolloutPlan';

/** The one that is taken unless another is chosen. */
export function firstPossible(
  options: RolloutOption[],
): RolloutOption | undefined {
  return options.find(({ possible }) => possible);
}

/** Asks how a version comes into its environment, and says of each other way why it can't. */
export function RolloutChoice(props: {
  options: RolloutOption[];
  version: string;
  chosen: RolloutKind | undefined;
  onChoose: (kind: RolloutKind) => void;
}) {
  const { options, version, chosen, onChoose } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const possible = options.filter(option => option.possible);
  const option =
    possible.find(({ kind }) => kind === chosen) ?? firstPossible(options);
  // Ways that are closed for the same reason are named together.
  const closed = new Map<string, string[]>();
  for (const { kind, message } of options.filter(one => !one.possible)) {
    const reason = message ?? '';
    closed.set(reason, [
      ...(closed.get(reason) ?? []),
      t(`rollout.kinds.${kind}`),
    ]);
  }
  return (
    <Box sx={{ mt: 1 }}>
      {possible.length > 0 && (
        <TextField
          select
          label={t('rollout.label')}
          value={option?.kind ?? ''}
          onChange={event => {
            const found = possible.find(
              ({ kind }) => kind === event.target.value,
            );
            if (found) {
              onChoose(found.kind);
            }
          }}
          margin="normal"
          fullWidth
        >
          {possible.map(({ kind }) => (
            <MenuItem key={kind} value={kind}>
              {t(`rollout.kinds.${kind}`)}
            </MenuItem>
          ))}
        </TextField>
      )}
      {option && option.kind !== 'direct' && (
        <RolloutPlan plan={option} version={version} />
      )}
      {[...closed].map(([reason, kinds]) => (
        <QuietLine key={reason}>
          {t('rollout.notPossible', { kind: kinds.join('; '), reason })}
        </QuietLine>
      ))}
    </Box>
  );
}
