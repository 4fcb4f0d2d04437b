import { ConflictError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { refusalOf } from '../refusalOf';
import { Removal } from '../Removal';
import { gitAddress } from '../repository/addressOf';
import { findRepository, forgeOf, versioned } from './forgeOf';
import { gitCredentials } from './gitCredentials';
import { remoteRefs } from './remoteRefs';

/** Azure removes a repository by its id only. */
const identified = z.looseObject({ id: z.union([z.string(), z.number()]) });

/**
 * Removes a repository that a task made, unless it holds anything but what the task pushed.
 *
 * @param url - where nothing was before the task
 * @param folder - what the task pushed or wanted to push, with git's own folder in it
 * @param made - whether the task made it; an empty one that was there before stays
 * @returns why it is kept where it is not the task's to remove, or the host has no API that is known here
 * @throws `ConflictError` where something else is in it; an error with the host's reason where it refuses
 */
export async function removeRepository(
  url: string,
  folder: string,
  integrations: ScmIntegrations,
  made: boolean,
): Promise<Removal> {
  const auth = await gitCredentials(url, undefined, integrations);
  const forge = forgeOf(url, auth, integrations);
  const found = forge && (await findRepository(forge));
  if (forge && found === undefined) {
    return 'absent';
  }
  const refs = await remoteRefs(gitAddress(url, integrations), auth);
  if (!refs?.size && !(forge && made)) {
    return 'absent';
  }
  await checkOurs(refs, folder);
  if (!forge) {
    return { kept: 'no API is known here by which its host removes it' };
  }
  if (!made) {
    return {
      kept: 'it was there before, empty, and holds what this task pushed',
    };
  }
  const address =
    forge.type === 'azure'
      ? forge.repository.replace(/[^/]+$/, String(identified.parse(found).id))
      : forge.repository;
  const answer = await forge.ask('DELETE', versioned(forge, address));
  if (!answer.ok) {
    throw await refusalOf(`The removal of ${url}`, answer);
  }
  return 'removed';
}

/**
 * Makes sure that there is nothing in a repository but what was pushed from a folder.
 *
 * @throws `ConflictError` where there is
 */
export async function checkOurs(
  refs: ReadonlyMap<string, string> | undefined,
  folder: string,
): Promise<void> {
  const ours = await headOf(folder);
  if ([...(refs?.values() ?? [])].some(commit => commit !== ours)) {
    throw new ConflictError('it holds something that this task did not push');
  }
}

async function headOf(folder: string): Promise<string | undefined> {
  const head = await readFile(join(folder, '.git/HEAD'), 'utf8').catch(
    () => '',
  );
  if (/^[0-9a-f]{40}\s*$/.test(head)) {
    return head.trim();
  }
  const [, ref] = /^ref: (refs\/heads\/[\w./-]+)\s*$/.exec(head) ?? [];
  return ref
    ? await readFile(join(folder, '.git', ref), 'utf8').then(
        text => text.trim(),
        () => undefined,
      )
    : undefined;
}
