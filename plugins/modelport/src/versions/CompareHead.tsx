import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Version } from '@modelport/plugin-modelport-common';
import RemoveIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { LinkButton } from '../components/LinkButton';
import { versionTranslationRef } from './messages';
import { AliasChips } from './AliasChips';
import { useVersionPaths } from './useVersionPaths';

/** The first row of a comparison: what is compared, and each version with what can be done with it. */
export function CompareHead(props: {
  title: string;
  versions: Version[];
  withActions?: boolean;
}) {
  const { title, versions, withActions } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const paths = useVersionPaths();
  const names = versions.map(({ version }) => version);
  return (
    <TableHead>
      <TableRow>
        <TableCell sx={{ verticalAlign: 'top', width: '24%' }}>
          {title}
        </TableCell>
        {versions.map(({ version, aliases }, place) => {
          const others = names.filter(name => name !== version);
          return (
            <TableCell
              key={version}
              sx={{ verticalAlign: 'top', minWidth: 150 }}
            >
              <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
                <Box sx={{ overflowWrap: 'anywhere' }}>
                  <Link to={paths.version(version)}>
                    {t('compare.version', { version })}
                  </Link>
                </Box>
                {withActions && versions.length > 2 && (
                  <IconButton
                    size="small"
                    component={Link}
                    to={paths.compare(others)}
                    aria-label={t('compare.remove', { version })}
                    title={t('compare.remove', { version })}
                  >
                    <RemoveIcon sx={{ fontSize: 16 }} />
                  </IconButton>
                )}
              </Box>
              {withActions && <AliasChips aliases={aliases} />}
              {withActions && place === 0 && (
                <Box sx={{ typography: 'caption', color: 'text.secondary' }}>
                  {t('compare.baseline')}
                </Box>
              )}
              {withActions && place > 0 && (
                <LinkButton
                  size="small"
                  to={paths.compare([version, ...others])}
                  aria-label={t('compare.makeBaseline', { version })}
                  sx={{ p: 0, minWidth: 0, textTransform: 'none' }}
                >
                  {t('compare.asBaseline')}
                </LinkButton>
              )}
            </TableCell>
          );
        })}
      </TableRow>
    </TableHead>
  );
}
