import { endOfValue, skipSpace } from '../jsonText';
import { TooMuchError } from './TooMuchError';

/** One event of a request as it was sent, not yet parsed. */
export interface EventText {
  text: string;
  /** All of it but its time and type: events of one run mostly say the same again. */
  rest: string;
  /** JSON of its time and of its type. */
  eventTime: string | undefined;
  eventType: string | undefined;
}

const VARYING = ['"eventTime"', '"eventType"'];

/**
 * Finds the events of a request without parsing what is in them.
 *
 * @returns undefined where it is no JSON, for sure.
 * @param most - events that are taken at most.
 * @throws `Error` where one is nested too deeply; `TooMuchError` where there are more.
 */
export function splitEvents(
  text: string,
  most = Infinity,
): EventText[] | undefined {
  let at = skipSpace(text, 0);
  if (text[at] !== '[') {
    const only = takeEvent(text, at);
    return only && skipSpace(text, only.end) === text.length
      ? [only.event]
      : undefined;
  }
  const events: EventText[] = [];
  at = skipSpace(text, at + 1);
  let isEnd = text[at] === ']';
  while (!isEnd) {
    const next = takeEvent(text, at);
    at = next ? skipSpace(text, next.end) : text.length;
    isEnd = text[at] === ']';
    if (!next || !(isEnd || text[at] === ',')) {
      return undefined;
    }
    if (events.length === most) {
      throw new TooMuchError(
        `The body holds more than ${most} events; expected ${most} at most. Nothing of the request was kept. Send them in several requests.`,
      );
    }
    events.push(next.event);
    at = isEnd ? at : skipSpace(text, at + 1);
  }
  return skipSpace(text, at + 1) === text.length ? events : undefined;
}

function takeEvent(
  text: string,
  from: number,
): { event: EventText; end: number } | undefined {
  if (text[from] !== '{') {
    const end = endOfValue(text, from);
    return { event: unlikeOthers(text.slice(from, end)), end };
  }
  const varying: Array<string | undefined> = [undefined, undefined];
  let rest = '';
  let kept = from;
  let isPlain = true;
  let at = skipSpace(text, from + 1);
  while (text[at] === '"') {
    const endOfKey = endOfValue(text, at);
    const key = text.slice(at, endOfKey);
    const colon = skipSpace(text, endOfKey);
    const value = skipSpace(text, colon + 1);
    const end = endOfValue(text, value);
    if (text[colon] !== ':' || end === value) {
      return undefined;
    }
    const which = VARYING.indexOf(key);
    if (which >= 0) {
      // The last of one name counts, as it does where JSON is parsed.
      varying[which] = text.slice(value, end);
      rest += text.slice(kept, value);
      kept = end;
    }
    isPlain &&= !key.includes('\\');
    at = skipSpace(text, end);
    if (text[at] !== ',') {
      break;
    }
    at = skipSpace(text, at + 1);
  }
  if (text[at] !== '}') {
    return undefined;
  }
  const end = at + 1;
  const whole = text.slice(from, end);
  return {
    // A name written otherwise might be that of the time.
    event: isPlain
      ? {
          text: whole,
          rest: rest + text.slice(kept, end),
          eventTime: varying[0],
          eventType: varying[1],
        }
      : unlikeOthers(whole),
    end,
  };
}

function unlikeOthers(text: string): EventText {
  return { text, rest: text, eventTime: undefined, eventType: undefined };
}
