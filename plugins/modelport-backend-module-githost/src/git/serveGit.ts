import { Request, Response } from 'express';
import { spawn } from 'node:child_process';
import { gitEnvironment } from './runGit';

const HEAD_END = /\r?\n\r?\n/;
const MOST_HEAD = 16 * 1024;
const MOST_PUSH = 512 * 1024 * 1024;

/**
 * Answers a request of git's smart HTTP protocol by `git http-backend`, a CGI program that comes with git.
 *
 * @param root - folder of the repositories
 * @param path - path of the request below it
 * @param finish - what is done when git has ended, before the caller is told so
 */
export async function serveGit(
  request: Request,
  response: Response,
  root: string,
  path: string,
  finish: () => Promise<void> = async () => {},
): Promise<void> {
  const child = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment(),
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      REQUEST_METHOD: request.method,
      QUERY_STRING: new URL(request.url, 'http://localhost').search.slice(1),
      CONTENT_TYPE: request.get('content-type') ?? '',
      CONTENT_LENGTH: request.get('content-length') ?? '',
      HTTP_CONTENT_ENCODING: request.get('content-encoding') ?? '',
      GIT_PROTOCOL: request.get('git-protocol') ?? '',
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  const ended = new Promise<void>(resolve => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  let size = 0;
  request.on('data', part => {
    size += part.length;
    if (size > MOST_PUSH) {
      child.kill();
    }
  });
  // A caller or a git that goes away ends the other; what came of it is told by the repository.
  child.stdin.on('error', () => {});
  response.once('close', () => child.kill());
  request.pipe(child.stdin);
  child.stderr.resume();

  let head: Buffer | undefined = Buffer.alloc(0);
  child.stdout.on('data', (part: Buffer) => {
    if (head === undefined) {
      response.write(part);
      return;
    }
    head = Buffer.concat([head, part]);
    const text = head.toString('latin1');
    const end = HEAD_END.exec(text);
    if (end) {
      const body = head.subarray(end.index + end[0].length);
      head = undefined;
      writeHead(response, text.slice(0, end.index));
      response.write(body);
    } else if (head.length > MOST_HEAD) {
      child.kill();
    }
  });
  await ended;
  await finish();
  if (head !== undefined && !response.headersSent) {
    response.status(502);
  }
  response.end();
}

function writeHead(response: Response, head: string): void {
  for (const line of head.split(/\r?\n/)) {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (name?.toLowerCase() === 'status') {
      response.status(Number.parseInt(value, 10));
    } else if (name) {
      response.setHeader(name, value);
    }
  }
}
