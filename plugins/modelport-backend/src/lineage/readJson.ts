import { InputError } from '@backstage/errors';

/** Deeper JSON is no event of any tool, and would exhaust the stack of what walks it. */
const MAX_DEPTH = 100;

/**
 * Reads JSON that may be anything.
 *
 * @throws `InputError` saying what is wrong with it and where.
 */
export function readJson(bytes: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError('The body is not in UTF-8; nothing of it was kept');
  }
  refuseDeep(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `The body is not JSON; nothing of it was kept. ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}

/** Counts brackets outside of strings, before anything recursive sees them. */
function refuseDeep(text: string): void {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 34 /* " */) {
      index = endOfString(text, index);
    } else if (code === 91 /* [ */ || code === 123 /* { */) {
      depth += 1;
      if (depth > MAX_DEPTH) {
        throw new InputError(
          `The body is nested deeper than ${MAX_DEPTH} levels at position ${index}; nothing of it was kept`,
        );
      }
    } else if (code === 93 /* ] */ || code === 125 /* } */) {
      depth -= 1;
    }
  }
}

/** Where the string ends that starts at a place; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
  let index = start;
  for (;;) {
    index = text.indexOf('"', index + 1);
    if (index === -1) {
      return text.length;
    }
    let slashes = 0;
    while (text.charCodeAt(index - 1 - slashes) === 92 /* \ */) {
      slashes += 1;
    }
    if (slashes % 2 === 0) {
      return index;
    }
  }
}
