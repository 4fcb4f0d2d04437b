import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  LineageKind,
  lineageOrigins,
  Model,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { LinkButton } from '../components/LinkButton';
import { Nothing, Section } from '../components/Section';
import { isUnread } from './isUnread';
import { lineageTranslationRef } from './messages';

/** Steps that are looked at: run, data, and where those come from. */
const DEPTH = 3;
/** Names of a kind that are named; the others are counted. */
const NAMED = 3;

const BEFORE: LineageKind[] = ['dataset', 'code', 'job'];
const AFTER: LineageKind[] = ['deployment', 'consumer'];

/** What made the version that runs, or else the latest, what uses it, and the way to its lineage. */
export function LineageSection(props: { model: Model }) {
  const { source, name, entityRef, environments, latestVersion } = props.model;
  const { t } = useTranslationRef(lineageTranslationRef);
  const api = useApi(modelportApiRef);
  const entityPath = useEntityRefLink()(entityRef);
  const version = environments.at(-1)?.version ?? latestVersion;
  const { value, error, retry } = useLoad(
    version === null ? undefined : JSON.stringify([source, name, version]),
    () =>
      api.getLineage(
        { source, name },
        { version: version ?? '', depth: DEPTH, direction: 'both' },
      ),
  );
  const roots = (value?.nodes ?? []).filter(
    node => node.kind === 'version' && node.version === version,
  );
  const evaluated = new Set(
    value &&
      lineageOrigins(
        value,
        roots.map(({ id }) => id),
      ).evaluated,
  );
  const made = value?.nodes.filter(node => !evaluated.has(node)) ?? [];
  const lines = [
    ...BEFORE.map(kind => ({ kind, title: t(`kinds.${kind}`), nodes: made })),
    {
      kind: 'dataset' as const,
      title: t('overview.evaluated'),
      nodes: [...evaluated],
    },
    ...AFTER.map(kind => ({ kind, title: t(`kinds.${kind}`), nodes: made })),
  ].flatMap(({ kind, title, nodes }) => {
    const names = new Set(
      nodes.filter(node => node.kind === kind).map(node => node.name),
    );
    const more = names.size - NAMED;
    const text = [
      ...[...names].slice(0, NAMED),
      ...(more > 0 ? [t('table.more', { number: String(more) })] : []),
    ].join(', ');
    return names.size > 0 ? [{ title, text }] : [];
  });
  return (
    <Section
      title={
        version === null
          ? t('overview.title')
          : t('overview.titleOf', { version })
      }
      actions={
        version !== null && (
          <LinkButton
            size="small"
            to={`${entityPath}/lineage?${new URLSearchParams({ version })}`}
          >
            {t('overview.open')}
          </LinkButton>
        )
      }
    >
      {error && <FailedState error={error} retry={retry} />}
      {!value && !error && version !== null && <Skeleton height={60} />}
      {lines.map(({ title, text }) => (
        <Box key={title} sx={{ typography: 'body2', overflowWrap: 'anywhere' }}>
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {title}:
          </Box>{' '}
          {text}
        </Box>
      ))}
      {(value || version === null) && lines.length === 0 && (
        <Nothing>
          {value && isUnread(value) ? t('reading.title') : t('empty.title')}
        </Nothing>
      )}
    </Section>
  );
}
