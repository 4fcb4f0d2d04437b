import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Model, plainParagraph } from '@modelport/plugin-modelport-common';
import StarIcon from '@mui/icons-material/Star';
import StarBorderIcon from '@mui/icons-material/StarBorder';
import { useTheme } from '@mui/material/styles';
import { QuietLine } from '../components/Quiet';
import { PLAIN_BUTTON } from '../components/ScrollTable';
import { StaleChip } from '../components/StaleChip';
import { modelTranslationRef } from './messages';

const MOST_OF_DESCRIPTION = 120;
const MOST_OF_NAME = 100;

const CELL = { display: 'flex', alignItems: 'flex-start', gap: 4 } as const;
const TEXT = {
  minWidth: 140,
  maxWidth: 320,
  overflowWrap: 'anywhere',
} as const;
const NAME = { fontWeight: 'bold' } as const;
const TWO_LINES = {
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 2,
  overflow: 'hidden',
} as const;

/** Whether a model is starred, and what changes that. */
export interface Star {
  isStarred: boolean;
  toggle: (entityRef: string) => void;
}

/** The star, the name as a link to the model's page, and what it is in a line. */
export function NameCell(props: { model: Model; star: Star }) {
  const { model, star } = props;
  const { isStarred } = star;
  const { palette } = useTheme();
  const { t } = useTranslationRef(modelTranslationRef);
  const summary = summarise(model.description);
  return (
    <div style={CELL}>
      <button
        type="button"
        className={PLAIN_BUTTON}
        aria-pressed={isStarred}
        aria-label={
          isStarred
            ? t('table.unstar', { name: model.name })
            : t('table.star', { name: model.name })
        }
        onClick={() => star.toggle(model.entityRef)}
        style={{
          marginTop: -4,
          color: isStarred ? palette.warning.main : palette.action.active,
        }}
      >
        {isStarred ? (
          <StarIcon fontSize="small" />
        ) : (
          <StarBorderIcon fontSize="small" />
        )}
      </button>
      <div style={TEXT}>
        <div style={NAME}>
          <EntityRefLink entityRef={model.entityRef}>
            <span title={model.name}>{shorten(model.name, MOST_OF_NAME)}</span>
          </EntityRefLink>{' '}
          {model.stale && <StaleChip syncedAt={model.syncedAt} />}
        </div>
        {summary && <QuietLine style={TWO_LINES}>{summary}</QuietLine>}
      </div>
    </div>
  );
}

/** The first sentence of a Markdown text that is not a heading, without Markdown's signs. */
export function summarise(description: string | null): string {
  const line = (description ?? '')
    .split('\n')
    .map(candidate => candidate.trim())
    .find(candidate => candidate && !/^(#|<|!\[|[-=*_]{3,}$)/.test(candidate));
  return shorten(plainParagraph(line ?? ''), MOST_OF_DESCRIPTION);
}

function shorten(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit).trimEnd()}…` : text;
}
