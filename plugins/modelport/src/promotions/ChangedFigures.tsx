import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ChangedMeasurement,
  Promotion,
  SaidFigure,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { FigureText } from '../components/FigureText';
import { Quiet, QuietLine } from '../components/Quiet';
import { ScrollTable } from '../components/ScrollTable';
import { useVersionPath } from '../models/VersionLink';
import { promotionTranslationRef } from './messages';

const SHORT_DIGEST = 12;

/** What documents measure now beside what they measured when the evidence was frozen. */
export function ChangedFigures(props: {
  promotion: Promotion;
  entityRef: string | undefined;
}) {
  const { promotion, entityRef } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const changed = promotion.changedMeasurements;
  if (!changed) {
    return null;
  }
  if (changed.length === 0) {
    return <QuietLine>{t('evidence.nothingMeasured')}</QuietLine>;
  }
  return (
    <Box sx={{ mb: 2 }}>
      <ScrollTable caption={t('evidence.measured')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('evidence.metric')}</TableCell>
            <TableCell>{t('evidence.was')}</TableCell>
            <TableCell>{t('evidence.is')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {changed.map(one => (
            <TableRow key={JSON.stringify([one.key, one.dataset, one.slice])}>
              <TableCell component="th" scope="row">
                {one.key}
                <QuietLine>
                  {[one.dataset, one.slice].filter(Boolean).join(' · ')}
                </QuietLine>
              </TableCell>
              <Said of={one} part="was" {...{ promotion, entityRef }} />
              <Said of={one} part="is" {...{ promotion, entityRef }} />
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
    </Box>
  );
}

function Said(props: {
  of: ChangedMeasurement;
  part: 'was' | 'is';
  promotion: Promotion;
  entityRef: string | undefined;
}) {
  const { of, part, promotion, entityRef } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const said = of[part];
  return (
    <TableCell>
      {said ? (
        <>
          <FigureText figure={said.value} />
          {entityRef && (
            <QuietLine>
              <DocumentLink
                said={said}
                entityRef={entityRef}
                version={promotion.version}
              />
            </QuietLine>
          )}
        </>
      ) : (
        <Quiet>{t(`evidence.not.${part}`)}</Quiet>
      )}
    </TableCell>
  );
}

/** The way to the page of the document that says a figure. */
function DocumentLink(props: {
  said: SaidFigure;
  entityRef: string;
  version: string;
}) {
  const { said, entityRef, version } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const versionPath = useVersionPath();
  return (
    <Link
      to={`${versionPath(entityRef, version)}/evidence/${
        said.digest
      }?kind=metrics`}
      title={t('evidence.digest', { digest: said.digest })}
    >
      {t('evidence.document')} {said.digest.slice(0, SHORT_DIGEST)}
    </Link>
  );
}
