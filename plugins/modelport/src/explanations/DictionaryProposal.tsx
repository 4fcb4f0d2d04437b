import {
  identityApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  ReasonCodeRevision,
  ReasonCodes,
  reasonCodesBody,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { CsvButton } from '../components/CsvButton';
import { EntityText } from '../components/EntityText';
import { messageOf } from '../components/FailedState';
import { ScrollTable } from '../components/ScrollTable';
import { dictionaryChanges } from './dictionaryChanges';
import { DictionaryProblems } from './DictionaryProblems';
import { explanationTranslationRef } from './messages';

const COLUMNS = ['where', 'before', 'after'] as const;

/** A dictionary that waits for another person, beside the one that counts. */
export function DictionaryProposal(props: {
  id: ModelId;
  proposal: ReasonCodeRevision;
  current: ReasonCodes | null;
  mayConfirm: boolean;
  onDecided: () => void;
}) {
  const { id, proposal, current, mayConfirm, onDecided } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const identity = useApi(identityApiRef);
  const [comment, setComment] = useState('');
  const [failure, setFailure] = useState<string>();
  const { value: me } = useLoad('me', () => identity.getBackstageIdentity());
  const isOwn = me?.userEntityRef === proposal.proposedBy;
  const read = reasonCodesBody.safeParse(proposal.dictionary);
  const changes = read.success
    ? dictionaryChanges(current ?? {}, read.data)
    : [];
  const decide = async (decision: 'confirm' | 'refuse' | 'withdraw') => {
    setFailure(undefined);
    try {
      await api.decideReasonCodes(id, proposal.revision, {
        decision,
        ...(comment.trim() && { comment: comment.trim() }),
      });
      onDecided();
    } catch (cause) {
      setFailure(cause instanceof Error ? messageOf(cause) : String(cause));
    }
  };
  const title = t('dictionary.proposal', {
    revision: String(proposal.revision),
    version: proposal.version,
  });
  const columns = COLUMNS.map(key => t(`dictionary.columns.${key}`));
  return (
    <Box
      component="section"
      aria-label={title}
      sx={{ mt: 2, p: 2, border: 1, borderColor: 'divider', borderRadius: 1 }}
    >
      <Typography variant="subtitle1" component="h3">
        {title}
      </Typography>
      <Typography variant="body2" sx={{ mb: 1 }}>
        <EntityText text={proposal.proposedBy} />,{' '}
        <Age time={proposal.proposedAt} />: {proposal.comment}
      </Typography>
      <CsvButton
        fileName={title}
        rows={() => [
          columns,
          ...changes.map(({ where, before, after }) => [where, before, after]),
        ]}
      />
      <ScrollTable caption={t('dictionary.changes')}>
        <TableHead>
          <TableRow>
            {columns.map(column => (
              <TableCell key={column}>{column}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {changes.map(change => (
            <TableRow key={change.where}>
              <TableCell>{change.where}</TableCell>
              <TableCell>{change.before ?? '–'}</TableCell>
              <TableCell>{change.after ?? '–'}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
      <DictionaryProblems problems={proposal.problems} open />
      {failure && (
        <Alert severity="error" role="alert" sx={{ mt: 1 }}>
          {failure}
        </Alert>
      )}
      {isOwn && (
        <Box sx={{ mt: 1.5, display: 'flex', gap: 1, alignItems: 'center' }}>
          <Button
            size="small"
            variant="outlined"
            onClick={() => decide('withdraw')}
          >
            {t('dictionary.withdraw')}
          </Button>
          <Typography variant="caption">{t('dictionary.waits')}</Typography>
        </Box>
      )}
      {me && !isOwn && mayConfirm && (
        <Box sx={{ mt: 1.5, display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          <TextField
            label={t('dictionary.decisionComment')}
            size="small"
            value={comment}
            onChange={event => setComment(event.target.value)}
            inputProps={{ maxLength: 2000 }}
            sx={{ flex: '1 1 240px' }}
          />
          <Button variant="contained" onClick={() => decide('confirm')}>
            {t('dictionary.confirm')}
          </Button>
          <Button variant="outlined" onClick={() => decide('refuse')}>
            {t('dictionary.refuse')}
          </Button>
        </Box>
      )}
    </Box>
  );
}
