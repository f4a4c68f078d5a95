import { SyncError } from '../errors/SyncError.js';
import { isNodeWithSqlite, NEEDED, nodeText, type NodeVersions } from '../platform/nodeWithSqlite.js';
import type { ProgramRunner } from '../platform/runProgram.js';
import type { SiteFolder } from '../site/SiteFolder.js';

/** Node.js that a service will run, and how another one than this process is asked. */
interface ServiceNode {
  readonly program: string;
  readonly run: ProgramRunner;
}

const ASK = ['--print', 'JSON.stringify(process.versions)'];

/**
 * Versions of the Node.js that a service will run; that is not always the one that runs the command. Where it does not
 * say them, none is known.
 */
export async function nodeOfService({ program, run }: ServiceNode): Promise<NodeVersions> {
  if (program === process.execPath) return process.versions;
  const { code, stdout } = await run({ command: program, args: ASK });
  try {
    return code === 0 ? (JSON.parse(stdout) as NodeVersions) : {};
  } catch {
    return {};
  }
}

/**
 * A service whose Node.js lacks the SQLite that the database of its site needs would start no more, and nobody would be
 * told. @throws SyncError DatabaseEngineMissing
 */
export function refuseOldNode(site: SiteFolder, program: string, versions: NodeVersions): void {
  if (site.database !== 'sqlite' || isNodeWithSqlite(versions)) return;
  const what = versions['node'] === undefined ? 'does not say what it is' : `is ${nodeText(versions)}`;
  throw new SyncError('DatabaseEngineMissing', {
    site: site.siteCode,
    needed: NEEDED,
    found: `${program}, which the service would run, ${what}`,
  });
}
