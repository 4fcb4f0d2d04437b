import { useTranslationRef } from '@backstage/frontend-plugin-api';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { CsvButton } from '../components/CsvButton';
import { LongText } from '../components/LongText';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { versionTranslationRef } from './messages';

/** Parameters or tags of a version, or tags of its run. */
export function PairsSection(props: {
  kind: 'params' | 'tags' | 'runTags';
  version: string;
  pairs: Record<string, string>;
}) {
  const { kind, version, pairs } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const entries = Object.entries(pairs).sort(([a], [b]) => a.localeCompare(b));
  const name = t(`page.${kind}.name`);
  const value = t(`page.${kind}.value`);
  const caption = t(`page.${kind}.table`, { version });
  return (
    <Section
      title={t(`page.${kind}.title`)}
      actions={
        entries.length > 0 && (
          <CsvButton
            fileName={caption}
            rows={() => [[name, value], ...entries]}
          />
        )
      }
    >
      {entries.length === 0 ? (
        <Nothing>{t(`page.${kind}.empty`)}</Nothing>
      ) : (
        <ScrollTable caption={caption}>
          <TableHead>
            <TableRow>
              <TableCell sx={{ width: '30%' }}>{name}</TableCell>
              <TableCell>{value}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {entries.map(([key, text]) => (
              <TableRow key={key}>
                <TableCell
                  component="th"
                  scope="row"
                  sx={{ verticalAlign: 'top', overflowWrap: 'anywhere' }}
                >
                  {key}
                </TableCell>
                <TableCell>
                  <LongText text={text} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </ScrollTable>
      )}
    </Section>
  );
}
