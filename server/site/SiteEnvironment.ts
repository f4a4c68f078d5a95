import { randomBytes, randomUUID } from 'node:crypto';
import { homedir, hostname } from 'node:os';
import { type ProgramRunner, runProgram } from '../platform/runProgram.js';
import { processAccount } from './folderUse.js';

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
