import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { LineageKind, LineageNode } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { lineageTranslationRef } from './messages';
import { KINDS } from './useLineageView';

/** Chooses the kinds of which all nodes are drawn as one; only those with several are worth it. */
export function FoldControl(props: {
  nodes: LineageNode[];
  folded: LineageKind[];
  onFold: (kinds: LineageKind[]) => void;
}) {
  const { nodes, folded, onFold } = props;
  const { t } = useTranslationRef(lineageTranslationRef);
  const counted = KINDS.map(kind => ({
    kind,
    number: nodes.filter(node => node.kind === kind).length,
  })).filter(({ number }) => number > 1);
  return counted.length === 0 ? null : (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
    >
      <Typography variant="body2" color="text.secondary">
        {t('controls.fold')}
      </Typography>
      <ToggleButtonGroup
        size="small"
        value={folded}
        onChange={(_, value: LineageKind[]) => onFold(value)}
        aria-label={t('controls.fold')}
        sx={{ flexWrap: 'wrap' }}
      >
        {counted.map(({ kind, number }) => (
          <ToggleButton
            key={kind}
            value={kind}
            sx={{ py: 0.25, textTransform: 'none' }}
          >
            {t('folded', { kind: t(`kinds.${kind}`), number: String(number) })}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </Box>
  );
}
