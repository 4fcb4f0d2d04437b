import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Version } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Age } from '../components/Age';
import { Breakable } from '../components/Breakable';
import { FigureText } from '../components/FigureText';
import { ScrollTable } from '../components/ScrollTable';
import { StaleChip } from '../components/StaleChip';
import { visuallyHidden } from '../components/visuallyHidden';
import { versionTranslationRef } from './messages';
import { AliasChips } from './AliasChips';
import { measurementOf, valueOf } from './metricKeys';
import { RunText } from './RunText';
import { useVersionPaths } from './useVersionPaths';
import { MOST_COMPARED } from './useVersionsView';

/** A page of versions as a table. */
export function VersionsTable(props: {
  name: string;
  versions: Version[];
  metricKeys: string[];
  chosen: string[];
  onChoose: (versions: string[]) => void;
  busy: boolean;
}) {
  const { name, versions, metricKeys, chosen, onChoose, busy } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const paths = useVersionPaths();
  const sharedDatasets = findSharedDatasets(versions, metricKeys);
  const hasStages = versions.some(
    ({ stage }) => stage !== null && stage !== 'None',
  );
  const hasStatuses = versions.some(({ status }) => status !== null);
  return (
    <ScrollTable caption={t('list.table', { name })} busy={busy}>
      <TableHead>
        <TableRow>
          <TableCell padding="checkbox">
            <Box component="span" sx={visuallyHidden}>
              {t('list.compare')}
            </Box>
          </TableCell>
          <TableCell>{t('list.version')}</TableCell>
          <TableCell>{t('list.aliases')}</TableCell>
          {hasStages && <TableCell>{t('list.stage')}</TableCell>}
          {hasStatuses && <TableCell>{t('list.status')}</TableCell>}
          {metricKeys.map(key => (
            <TableCell key={key} align="right">
              <Breakable text={key} />
              {sharedDatasets.has(key) && (
                <Box sx={{ typography: 'caption' }}>
                  <Breakable text={sharedDatasets.get(key) ?? ''} />
                </Box>
              )}
            </TableCell>
          ))}
          <TableCell>{t('list.data')}</TableCell>
          <TableCell>{t('list.signature')}</TableCell>
          <TableCell>{t('list.run')}</TableCell>
          <TableCell>{t('list.author')}</TableCell>
          <TableCell>{t('list.created')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {versions.map(version => {
          const isChosen = chosen.includes(version.version);
          return (
            <TableRow key={version.version} hover selected={isChosen}>
              <TableCell padding="checkbox">
                <Checkbox
                  size="small"
                  checked={isChosen}
                  disabled={!isChosen && chosen.length >= MOST_COMPARED}
                  inputProps={{
                    'aria-label': t('list.select', {
                      version: version.version,
                    }),
                  }}
                  onChange={() =>
                    onChoose(
                      isChosen
                        ? chosen.filter(other => other !== version.version)
                        : [...chosen, version.version],
                    )
                  }
                />
              </TableCell>
              <TableCell
                sx={{
                  fontWeight: 'bold',
                  maxWidth: 200,
                  overflowWrap: 'anywhere',
                }}
              >
                <Link to={paths.version(version.version)}>
                  {version.version}
                </Link>{' '}
                {version.stale && <StaleChip syncedAt={version.syncedAt} />}
              </TableCell>
              <TableCell>
                <AliasChips aliases={version.aliases} />
              </TableCell>
              {hasStages && <TableCell>{version.stage ?? '–'}</TableCell>}
              {hasStatuses && <TableCell>{version.status ?? '–'}</TableCell>}
              {metricKeys.map(key => (
                <MetricCell
                  key={key}
                  version={version}
                  metricKey={key}
                  withDataset={!sharedDatasets.has(key)}
                />
              ))}
              <TableCell sx={{ minWidth: 140 }}>
                {version.datasets.length === 0
                  ? t('list.none')
                  : [
                      ...new Set(version.datasets.map(dataset => dataset.name)),
                    ].map(dataset => (
                      <Box key={dataset}>
                        <Breakable text={dataset} />
                      </Box>
                    ))}
              </TableCell>
              <TableCell
                sx={{ whiteSpace: 'nowrap' }}
                title={version.signatureMessage ?? undefined}
              >
                {version.signature
                  ? t('list.signatureShort', {
                      inputs: String(version.signature.inputs.length),
                      outputs: String(version.signature.outputs.length),
                    })
                  : t('list.noSignature')}
              </TableCell>
              <TableCell>
                <RunText version={version} />
              </TableCell>
              <TableCell>{version.author ?? '–'}</TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>
                {version.createdAt ? <Age time={version.createdAt} /> : '–'}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </ScrollTable>
  );
}

/** The dataset that every shown value of a metric was measured on, by metric; said once above the column. */
function findSharedDatasets(
  versions: Version[],
  metricKeys: string[],
): Map<string, string> {
  const shared = new Map<string, string>();
  for (const key of metricKeys) {
    const names = versions
      .filter(version => valueOf(version, key) !== undefined)
      .map(version => measurementOf(version, key)?.dataset?.name);
    const [first] = names;
    if (first !== undefined && names.every(name => name === first)) {
      shared.set(key, first);
    }
  }
  return shared;
}

function MetricCell(props: {
  version: Version;
  metricKey: string;
  withDataset: boolean;
}) {
  const { version, metricKey, withDataset } = props;
  const value = valueOf(version, metricKey);
  const measurement = measurementOf(version, metricKey);
  return (
    <TableCell align="right">
      {value === undefined ? '–' : <FigureText figure={value} />}
      {withDataset && measurement?.dataset && (
        <Box sx={{ typography: 'caption', color: 'text.secondary' }}>
          <Breakable text={measurement.dataset.name} />
        </Box>
      )}
    </TableCell>
  );
}
