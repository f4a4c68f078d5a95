import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SiteMove } from '../../server/contract/generated/types.js';
import { closeStore, openSiteStore } from '../../server/store/openSiteStore.js';
import { storeDigest, wholeDigest } from '../../server/move/storeDigest.js';
import { type MoveWork, moveSite } from '../../server/move/moveSite.js';
import { withoutEngine } from '../../server/repair/withoutEngine.js';
import { withItsDatabase } from '../../server/site/moveRecord.js';
import { openSite } from '../../server/site/openSite.js';
import { endOfVerb } from '../process/Session.js';

const KILLED = fileURLToPath(new URL('killedMove.js', import.meta.url));

/** The address too for PostgreSQL. */
export type EngineWord = 'embedded' | 'sqlite' | { readonly address: string };

function targetOf(to: EngineWord): MoveWork['target'] {
  if (typeof to === 'object') return { to: 'postgres', address: to.address };
  return { to: to === 'embedded' ? undefined : to };
}

/** Moves a site in this process. */
export async function moved(sitePath: string, to: EngineWord, changes: Partial<MoveWork> = {}): Promise<SiteMove> {
  return moveSite({
    site: await openSite(sitePath),
    target: targetOf(to),
    isWhatIf: false,
    endEngine: async () => Promise.resolve(),
    report: () => undefined,
    now: () => new Date(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  });
}

/**
 * Begins a move in a process that kills itself; `when`: an activity and how much of it in percent, or a rename, of
 * which the first one decides.
 */
export async function killedMove(sitePath: string, to: EngineWord, when: readonly [string, number]): Promise<void> {
  const words = typeof to === 'object' ? ['postgres', ...when.map(String), to.address] : [to, ...when.map(String)];
  const child = spawn(process.execPath, [KILLED, sitePath, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { err } = await endOfVerb(child);
  const signal = child.signalCode;
  if (signal !== 'SIGKILL') throw new TypeError(`It ended before ${when.join(' ')}: ${err}`);
}

/** Which engine a site has, and the digest of all that it holds; a move that was decided is carried out. */
export async function stateOf(sitePath: string): Promise<{ readonly engine: string; readonly digest: string }> {
  return withoutEngine(await openSite(sitePath), async (_place, generation) => {
    const site = withItsDatabase(await openSite(sitePath));
    const store = await openSiteStore({ site, generation, report: () => undefined });
    try {
      const how = { signal: new AbortController().signal, onRows: () => undefined };
      const digest = wholeDigest(await storeDigest(store, 'documents', how));
      return { engine: site.database ?? 'embedded', digest };
    } finally {
      await closeStore(store);
    }
  });
}

/** A copy of a site folder, which is a site too. */
export function copyOf(sitePath: string, name: string): string {
  const copy = path.join(path.dirname(sitePath), name);
  fs.cpSync(sitePath, copy, { recursive: true });
  return copy;
}
