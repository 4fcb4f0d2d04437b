import {
  CardBody,
  cardBody,
  cardMetric,
  CardMetric,
  CardPath,
  MAX_CARD_ITEMS,
  MAX_CARD_TEXT,
  ReadCard,
} from './cardBody';
import { parseFigure } from './figureText';
import { isPlaceholder, withoutComments } from './isPlaceholder';

const MAX_LINE = 2_000;
/** What stands between texts of one field. */
const BETWEEN = '\n\n';

/** Collects the fields of a card from hostile parts: what does not fit is cut or left out, with a sentence why. */
export class CardDraft {
  readonly problems: string[] = [];
  private readonly fields = new Map<string, unknown>();
  /** Texts that say something, with their length before they are cut: what is there is not looked through again. */
  private readonly said = new Map<string, number>();
  private readonly lists = new Map<string, Set<string>>();
  private readonly metrics: CardMetric[] = [];

  has(path: CardPath): boolean {
    return this.fields.has(path);
  }

  /** Takes a text; several texts of one field stand under each other, fillers only alone. */
  text(path: CardPath, value: unknown): void {
    const text = textOf(value);
    if (text === undefined) {
      return;
    }
    const before = this.fields.get(path);
    const length = this.said.get(path);
    if (length === undefined || typeof before !== 'string') {
      this.fields.set(path, text.slice(0, MAX_CARD_TEXT));
      if (!isPlaceholder(text)) {
        this.said.set(path, text.length);
      }
    } else if (!isPlaceholder(text)) {
      this.said.set(path, length + BETWEEN.length + text.length);
      if (before.length < MAX_CARD_TEXT) {
        this.fields.set(
          path,
          `${before}${BETWEEN}${text}`.slice(0, MAX_CARD_TEXT),
        );
      }
    }
  }

  /** Takes a short text; the first one stays. */
  line(path: CardPath, value: unknown): void {
    const text = lineOf(value);
    if (text !== undefined && !this.fields.has(path)) {
      this.fields.set(path, this.cut(path, text, MAX_LINE));
    }
  }

  /** Takes texts of a list, or one text alone; what is there already is not repeated. */
  lines(path: CardPath, value: unknown): void {
    const kept = this.lists.get(path) ?? new Set();
    for (const item of Array.isArray(value) ? value : [value]) {
      const line = lineOf(item);
      if (line !== undefined && !kept.has(line.slice(0, MAX_LINE))) {
        if (kept.size >= MAX_CARD_ITEMS) {
          this.onlySome(path);
          break;
        }
        kept.add(this.cut(path, line, MAX_LINE));
      }
    }
    if (kept.size > 0) {
      this.lists.set(path, kept);
      this.fields.set(path, kept);
    }
  }

  /** Takes several texts as one: a single one as it is, more of them as the items of a list. */
  bullets(path: CardPath, values: unknown): void {
    const texts = (Array.isArray(values) ? values : [values]).flatMap(
      value => textOf(value) ?? [],
    );
    this.text(
      path,
      texts.length < 2
        ? texts[0]
        : texts.map(text => `- ${text.replace(/\n/g, '\n  ')}`).join('\n'),
    );
  }

  /** Takes one metric; a value that is no number is left out. */
  metric(raw: {
    key: unknown;
    value: unknown;
    dataset?: unknown;
    slice?: unknown;
    n?: unknown;
    lower?: unknown;
    upper?: unknown;
    origin?: unknown;
  }): void {
    const key = lineOf(raw.key)?.slice(0, MAX_LINE);
    const figure = parseFigure(raw.value);
    if (key === undefined || figure === undefined) {
      this.problems.push(
        `The metric ${JSON.stringify(key ?? null).slice(
          0,
          100,
        )} has no number as its value; it was left out`,
      );
      return;
    }
    const lower = parseFigure(raw.lower)?.value;
    const upper = parseFigure(raw.upper)?.value;
    const n =
      cardMetric.shape.n.safeParse(parseFigure(raw.n)?.value).data ?? undefined;
    const origin = (['written', 'measured', 'both'] as const).find(
      known => known === raw.origin,
    );
    const metric: CardMetric = {
      key,
      value: figure.value,
      dataset: lineOf(raw.dataset)?.slice(0, MAX_LINE) ?? null,
      slice: lineOf(raw.slice)?.slice(0, MAX_LINE) ?? null,
      ...(n === undefined ? {} : { n }),
      ...(lower === undefined ? {} : { lower }),
      ...(upper === undefined ? {} : { upper }),
      ...(figure.decimals === null ? {} : { decimals: figure.decimals }),
      ...(origin === undefined ? {} : { origin }),
    };
    if (this.metrics.length < MAX_CARD_ITEMS) {
      this.metrics.push(metric);
      this.fields.set('metrics', this.metrics);
    } else {
      this.onlySome('metrics');
    }
  }

  /** Takes a value of a shape of its own, as it is, or says why not. */
  put(path: CardPath, value: unknown): void {
    if (value === undefined || value === null || value === '') {
      return;
    }
    const result = cardBody.shape[path].safeParse(value);
    if (result.success) {
      this.fields.set(path, result.data);
    } else {
      this.problems.push(
        `${path} was left out: ${result.error.issues[0].message}`,
      );
    }
  }

  /** The card, checked once more as a whole; a field that does not hold is left out. */
  finish(): ReadCard {
    const body: CardBody = {};
    for (const [path, length] of this.said) {
      if (length > MAX_CARD_TEXT) {
        this.problems.push(tooLong(path, length, MAX_CARD_TEXT));
      }
    }
    for (const [path, found] of this.fields) {
      const value = found instanceof Set ? [...found] : found;
      const result = cardBody.safeParse({ [path]: value });
      if (result.success) {
        Object.assign(body, result.data);
      } else {
        this.problems.push(
          `${path} was left out: ${result.error.issues[0].message}`,
        );
      }
    }
    return { body, problems: [...new Set(this.problems)] };
  }

  private cut(path: CardPath, text: string, length: number): string {
    if (text.length <= length) {
      return text;
    }
    this.problems.push(tooLong(path, text.length, length));
    return text.slice(0, length);
  }

  private onlySome(path: CardPath): void {
    this.problems.push(`Of ${path}, only ${MAX_CARD_ITEMS} are kept`);
  }
}

function tooLong(path: string, length: number, kept: number): string {
  return `${path} was cut: it has ${length} characters, and ${kept} are kept`;
}

/** A text without HTML comments and the characters that databases refuse; undefined where nothing is left. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  const text = withoutComments(value.replace(/\r\n?/g, '\n'))
    .replace(/\0/g, '')
    .split('\n')
    // A pattern for spaces at the end of a line would take a time that grows with their square.
    .map(row => row.trimEnd())
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd();
  return text.trim() === '' ? undefined : text;
}

function lineOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) {
    return String(value);
  }
  const text = textOf(value)?.replace(/\s+/g, ' ').trim();
  // What YAML means by nothing, read as text.
  return text === '~' || text === 'null' ? undefined : text;
}
