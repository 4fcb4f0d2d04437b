import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { Artefact } from '@modelport/plugin-modelport-common';
import { contentDigest } from '../models/contentDigest';

/** A file among the artefacts as it was when it was read. */
export interface ReadFile {
  path: string;
  /** What is another one whenever reading it might come out otherwise. */
  state: string;
  /** ISO 8601. */
  readAt: string;
}

/**
 * What is known of the files of a version that were read before. A file that is the same is not fetched again; one of
 * which the source tells its size alone counts as the same for as long as config says.
 */
export class ReadFiles {
  private readonly before: ReadonlyMap<string, ReadFile>;
  private readonly now: ReadFile[] = [];

  constructor(
    private readonly options: {
      before: ReadFile[];
      /** What reading depends on besides the file: the readers, and the inputs of the version. */
      readBy: unknown;
      keep: HumanDuration;
      at: Date;
    },
  ) {
    this.before = new Map(options.before.map(file => [file.path, file]));
  }

  /** Whether a file was read as it is now; if so, that stays known. */
  has(file: Artefact): boolean {
    const known = this.before.get(file.path);
    const oldest =
      this.options.at.getTime() - durationToMilliseconds(this.options.keep);
    const isKnown =
      file.size !== null &&
      known?.state === this.stateOf(file) &&
      (file.state !== undefined || Date.parse(known.readAt) >= oldest);
    if (isKnown) {
      this.now.push(known);
    }
    return isKnown;
  }

  /** Notes that a file was read. */
  add(file: Artefact): void {
    this.now.push({
      path: file.path,
      state: this.stateOf(file),
      readAt: this.options.at.toISOString(),
    });
  }

  /** What is known from now on. */
  all(): ReadFile[] {
    return this.now;
  }

  private stateOf({ size, state }: Artefact): string {
    return contentDigest([size, state ?? null, this.options.readBy]);
  }
}
