import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

const COLOURS = /\u001b\[[0-9;]*m/g;
/** A line of the backend that a person should see. */
const BACKEND = /^\d{4}-\d\d-\d\dT\S+\s+(\S+)\s+(warn|error)\s+(.*)$/;
/** A line of the frontend's build that a person should see. */
const FRONTEND = /^\s*(ERROR in|ERROR\b|Error:|Module not found|×)/;
/** True on any machine that does not use PostgreSQL, which is no reason to worry. */
const HARMLESS = /Postgres search engine is not supported/;
/** Where the fields of a log entry begin, which are for the file. */
const FIELDS = / (type|name|cause|stack|response|task|status)=/;
const MAX_SHOWN = 400;
const LAST_LINES = 30;

/** What the backend says when it gives up; the reasons follow, a line each and set in. */
const GIVEN_UP = /Backend startup failed/;
/** Time in which all of why is said. */
const REASONS_MS = 1_000;
const REASON = /^ {2}\S/;

/**
 * Takes everything that the portal says into a file, and shows its warnings and errors.
 *
 * @param onGivenUp - called once with the reasons where the backend could not start.
 */
export function openPortalLog(file, { onGivenUp }) {
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file);
  const last = [];
  let quiet = false;
  let reasons;

  const take = coloured => {
    const line = coloured.replace(COLOURS, '');
    stream.write(`${line}\n`);
    last.push(line);
    last.splice(0, last.length - LAST_LINES);
    if (reasons && REASON.test(line)) {
      reasons.push(line.split(FIELDS)[0]);
    } else if (!reasons && GIVEN_UP.test(line)) {
      reasons = [];
      setTimeout(() => onGivenUp(reasons), REASONS_MS).unref();
    }
    const shown = toShow(line);
    if (shown && !quiet) {
      process.stdout.write(`  ${shown}\n`);
    }
  };
  return {
    /** Follows an output to its end. */
    follow(output) {
      createInterface({ input: output }).on('line', take);
    },
    /** Keeps what comes from here on to the file. */
    silence() {
      quiet = true;
    },
    /** What was said last, for when the portal ends by itself. */
    lastLines: () => last.join('\n'),
  };
}

/** What to show of a line; undefined where it goes to the file only. */
export function toShow(line) {
  const backend = BACKEND.exec(line);
  if (backend) {
    const [, plugin, level, message] = backend;
    const [text] = message.split(FIELDS);
    return HARMLESS.test(text)
      ? undefined
      : `${level} (${plugin}): ${text.slice(0, MAX_SHOWN)}`;
  }
  return FRONTEND.test(line) ? line.trim() : undefined;
}
