import { randomBytes, randomUUID } from 'node:crypto';
import { homedir, hostname } from 'node:os';
import { folderFiles } from '../platform/files/folderFiles.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import type { FolderIdentity } from '../platform/files/folderWalk.js';
import { runProgram } from '../platform/runProgram.js';
import type { ProgramRunner } from '../platform/runProgram.js';
import { processAccount } from './folderUse.js';
import type { FolderUse } from './folderUse.js';

/** What making and finding sites needs from outside; replaced in tests. */
export interface SiteEnvironment {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
  readonly serverName: string;
  /** Undefined on Windows. */
  readonly userId: number | undefined;
  /** Groups of this process; none on Windows. */
  readonly groups: readonly number[];
  /** Runs the programs of the system. */
  readonly run: ProgramRunner;
  now(): Date;
  randomHex(bytes: number): string;
  newGuid(): string;
}

/** The machine this process runs on. */
export function realSiteEnvironment(): SiteEnvironment {
  return {
    env: process.env,
    platform: process.platform,
    homeFolder: homedir(),
    serverName: hostname(),
    userId: process.getuid?.(),
    groups: processAccount()?.groups ?? [],
    run: runProgram,
    now: () => new Date(),
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
    newGuid: () => randomUUID(),
  };
}

/** What `site.json` holds. */
export interface SiteDescription {
  readonly siteCode: string;
  readonly siteName: string;
  readonly type: SiteType;
  /** Site code of the parent; of a further software update point that of its own site. */
  readonly parentSiteCode?: string;
  /** ISO 8601 UTC. */
  readonly created: string;
  readonly serverName: string;
  readonly siteGuid: string;
  /** The request that made the site: sent again it finds its own work instead of an error. */
  readonly requestId: string;
  readonly operators: readonly string[];
  /** The engine of its database, where it is not sql.js; in the file `moving` while a move is carried out. */
  readonly database?: string;
  /** Name of this server among those of the site, where it was added as a further one; `serverName` is the site's. */
  readonly host?: string;
  /** A move to that database which has been decided: whoever opens the site next carries it out. */
  readonly moving?: DecidedMove;
  /** The database that a move has left, until somebody removes it. */
  readonly kept?: KeptDatabase;
}

/** What is still to be done once `site.json` names the new database of a site. */
export interface DecidedMove {
  /** The engine of the new database; undefined for sql.js. */
  readonly database?: string | undefined;
  /** Higher than that of every engine before: those that are paused lose the site. */
  readonly generation: number;
  /** Names that come out of the folder `move.new`, in the place of those of the site. */
  readonly put: readonly string[];
  /** Names that go with what is replaced, and have no successor. */
  readonly away: readonly string[];
}

/** A database that a site does not use any more. */
export interface KeptDatabase {
  /** Its engine; undefined for sql.js. */
  readonly database?: string | undefined;
  /** ISO 8601 UTC. */
  readonly since: string;
  /** On a server: which database it is, and how many bytes it takes; the site keeps its address. */
  readonly server?: { readonly where: string; readonly size: number } | undefined;
}

/** What `pipe.json` holds: readable only by those who may use the site. */
export interface SitePipe {
  readonly pipeName: string;
  /** 32 random bytes, hexadecimal. */
  readonly secret: string;
}

/** An opened site folder. */
export interface SiteFolder extends SiteDescription, SitePipe {
  /** Real path of the folder. */
  readonly path: string;
  /** The files of this very folder, also where another one is put in its place. */
  readonly files: FolderFiles;
  /** Which folder it is, for who gives it to another account: what may be done in it changes then. */
  readonly identity: FolderIdentity;
  /** Where several servers share the site: puts a key of it into the database, before it is written here. */
  readonly keepShared?: (name: string, text: string) => Promise<void>;
  /** Takes the keys that other servers have changed into the folder. */
  readonly takeShared?: () => Promise<void>;
  /** What is wrong with the key of what the servers share, as a sentence; undefined where nothing is. */
  readonly keyProblem?: () => string | undefined;
  /** The same on every server that shares the site, where several do. */
  readonly sharedSecret?: string;
  /** How this process may use the folder. */
  readonly use: Exclude<FolderUse, { as: 'nobody' }>;
}

/** The files of a site folder that was opened, or of the one that stands there now. */
export function filesOf(site: { readonly path: string; readonly files?: FolderFiles }): FolderFiles {
  return site.files ?? folderFiles(site.path);
}

/** The same, with the care that the folder needs at this moment: it may have been given to another account. */
export function filesNow(site: Pick<SiteFolder, 'path'> & Partial<Pick<SiteFolder, 'identity'>>): FolderFiles {
  return folderFiles(site.path, { identity: site.identity });
}

/** Names of the files and folders of a site folder. */
export const SITE_FILES = {
  description: 'site.json',
  pipe: 'pipe.json',
  engine: 'engine.json',
  /** Held open by the engine on Windows, where nobody else can open it then. */
  lock: 'engine.lock',
  /** Process id of the relay that starts an engine at this moment. */
  starting: 'engine.starting',
  /** Which keys of the site were taken from its database. */
  sharedKeys: 'sharedkeys.json',
  service: 'service.json',
  heartbeat: 'heartbeat.json',
  /** The certificates of the site's port, with their private keys. */
  certificates: 'certificates.json',
  /** How a node reaches its parent, with the node's private key. */
  parent: 'parent.json',
  /** Names for the completion of parameters. */
  completion: 'completion.json',
  database: 'database',
  documents: 'documents',
  licenseTerms: 'LicenseTerms',
  logs: 'Logs',
  /** Packages on their way between whoever asks and the engine, which may be another account. */
  transfer: 'Transfer',
} as const;

/** What a site folder is: a site of the product's three types, or a further software update point of a site. */
export type SiteType = 'CAS' | 'Primary' | 'Secondary' | 'SoftwareUpdatePoint';
