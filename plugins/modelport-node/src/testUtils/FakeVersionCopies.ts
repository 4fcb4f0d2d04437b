import { SourceVersion } from '../sources/ModelSource';
import { readToEnd } from '../sources/readToEnd';
import { VersionCopies, VersionCopy } from '../sources/VersionCopies';
import { FakeModelSource } from './FakeModelSource';

const MARK_TAG = 'fake.copy';

/**
 * Takes copies into a {@link FakeModelSource}. Set `onCall` and `onDone` to throw where the registry is to fail before or
 * after something is done, and `refusal` where it takes none.
 *
 * @public
 */
export class FakeVersionCopies implements VersionCopies {
  readonly calls: string[] = [];
  refusal: string | null = null;
  onCall: (method: keyof VersionCopies) => void | Promise<void> = () => {};
  onDone: (method: keyof VersionCopies) => void | Promise<void> = () => {};

  constructor(private readonly source: FakeModelSource) {}

  async whyNot(): Promise<string | null> {
    await this.called('whyNot');
    return this.refusal;
  }

  async find(
    name: string,
    mark: string,
    options: { signal: AbortSignal },
  ): Promise<SourceVersion[]> {
    await this.called('find');
    return this.marked(name, mark, options.signal);
  }

  async make(
    copy: VersionCopy,
    options: { signal: AbortSignal },
  ): Promise<SourceVersion> {
    await this.called('make');
    const { name, mark, version, tags } = copy;
    const { signal } = options;
    if (!(await this.source.getModel(name, options))) {
      this.source.putModel({ name, createdAt: 1_700_000_000_000 });
    }
    if ((await this.marked(name, mark, signal)).length === 0) {
      const number = (await this.versionsOf(name, signal)).length + 1;
      this.source.putVersion({
        ...version,
        model: name,
        version: String(number),
        createdAt: 1_700_000_000_000 + number,
        tags: { ...version.tags, ...tags, [MARK_TAG]: mark },
      });
    }
    await this.onDone('make');
    const [made] = await this.marked(name, mark, signal);
    return made;
  }

  async remove(
    name: string,
    mark: string,
    options: { signal: AbortSignal },
  ): Promise<void> {
    await this.called('remove');
    for (const made of await this.marked(name, mark, options.signal)) {
      this.source.removeVersion(name, made.version);
    }
  }

  private async called(method: keyof VersionCopies): Promise<void> {
    this.calls.push(method);
    await this.onCall(method);
  }

  private async marked(
    name: string,
    mark: string,
    signal: AbortSignal,
  ): Promise<SourceVersion[]> {
    const versions = await this.versionsOf(name, signal);
    return versions.filter(({ tags }) => tags[MARK_TAG] === mark);
  }

  private async versionsOf(
    model: string,
    signal: AbortSignal,
  ): Promise<SourceVersion[]> {
    const found: SourceVersion[] = [];
    const list = (page: { pageToken?: string; signal: AbortSignal }) =>
      this.source.listVersions({ ...page, model });
    for await (const page of readToEnd(list, { signal })) {
      found.push(...page.items);
    }
    return found;
  }
}
