import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SignatureColumn, Version } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { versionTranslationRef } from './messages';

const PARTS = ['inputs', 'outputs', 'params'] as const;

/** What the model takes and gives, or why that is not known. */
export function SignatureSection(props: { version: Version }) {
  const { version, signature, signatureMessage } = props.version;
  const { t } = useTranslationRef(versionTranslationRef);
  return (
    <Section title={t('page.signature.title')}>
      {!signature && (
        <Nothing>
          {signatureMessage
            ? t('page.signature.unknownBecause', {
                message: signatureMessage,
              })
            : t('page.signature.unknown')}
        </Nothing>
      )}
      {signature &&
        PARTS.map(part => {
          const title = t(`page.signature.${part}`);
          return (
            <Box key={part} sx={{ mb: 1.5 }}>
              <Typography variant="subtitle2" component="h3">
                {title}
              </Typography>
              {signature[part].length === 0 ? (
                <Nothing>{t('page.signature.none')}</Nothing>
              ) : (
                <Columns
                  caption={t('page.signature.table', {
                    part: title,
                    version,
                  })}
                  columns={signature[part]}
                />
              )}
            </Box>
          );
        })}
    </Section>
  );
}

function Columns(props: { caption: string; columns: SignatureColumn[] }) {
  const { t } = useTranslationRef(versionTranslationRef);
  const hasShapes = props.columns.some(({ shape }) => shape !== null);
  const hasRequired = props.columns.some(({ required }) => required !== null);
  return (
    <ScrollTable caption={props.caption}>
      <TableHead>
        <TableRow>
          <TableCell sx={{ width: '40%' }}>
            {t('page.signature.name')}
          </TableCell>
          <TableCell>{t('page.signature.type')}</TableCell>
          {hasShapes && <TableCell>{t('page.signature.shape')}</TableCell>}
          {hasRequired && <TableCell>{t('page.signature.required')}</TableCell>}
        </TableRow>
      </TableHead>
      <TableBody>
        {props.columns.map(({ name, type, required, shape }, row) => (
          <TableRow key={row}>
            <TableCell
              component="th"
              scope="row"
              sx={{ overflowWrap: 'anywhere' }}
            >
              {name ?? t('page.signature.unnamed')}
            </TableCell>
            <TableCell>
              <code>{type}</code>
            </TableCell>
            {hasShapes && (
              <TableCell>
                {shape ? <code>[{shape.join(', ')}]</code> : '–'}
              </TableCell>
            )}
            {hasRequired && (
              <TableCell>
                {required === null && '–'}
                {required === true && t('page.signature.yes')}
                {required === false && t('page.signature.no')}
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}
