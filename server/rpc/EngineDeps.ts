import { isatty } from 'node:tty';
import { type Clock, systemClock } from '../platform/Clock.js';
import { ownAccountId } from '../platform/accounts/accounts.js';
import { packageVersion, programFile } from '../platform/packageFolder.js';
import { isRemoteSession } from '../platform/remoteSession.js';
import { type ProgramRunner, runProgram } from '../platform/runProgram.js';

/** What a relay needs to reach or start an engine; replaced in tests. */
export interface EngineDeps {
  readonly clock: Clock;
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
  /** Arguments for node that start the engine; `--site-path DIR` is added. */
  readonly engineCommand: readonly string[];
  /**
   * True on Windows where a caller may read what this process writes, or ends it with its session: the engine must
   * inherit nothing then.
   */
  readonly startsApart: boolean;
  readonly platform: NodeJS.Platform;
  /** Runs the programs of the system. */
  readonly run: ProgramRunner;
  /** Longest wait for the answer to hello. */
  readonly helloSeconds: number;
  /** Longest silence of an engine that has been greeted, while a request waits for its answer. */
  readonly answerSeconds: number;
  /** Longest time an engine may open its site. */
  readonly openingSeconds: number;
  /** Longest wait for an engine that starts. */
  readonly startSeconds: number;
  /** Longest wait for a service that was killed and is started again by what manages services. */
  readonly serviceSeconds: number;
  /** SID or user id of this process. */
  readonly ownAccountId: () => Promise<string>;
}

/** This machine, this installation. */
export function realEngineDeps(): EngineDeps {
  return {
    clock: systemClock,
    version: packageVersion(),
    env: process.env,
    engineCommand: [programFile(), 'engine'],
    startsApart: startsApart(
      process.platform,
      !isRemoteSession(process.env) && [0, 1, 2].every((descriptor) => isatty(descriptor)),
    ),
    platform: process.platform,
    run: runProgram,
    helloSeconds: 10,
    answerSeconds: 30,
    openingSeconds: 900,
    startSeconds: 30,
    serviceSeconds: 10,
    ownAccountId: async () =>
      ownAccountId({ platform: process.platform, env: process.env, run: runProgram, userId: process.getuid?.() }),
  };
}

/**
 * Whether an engine is started apart. Elsewhere than on Windows Node.js closes at its start what it did not open, for
 * its children; at a terminal of one's own there is no pipe to inherit, and no job that ends with the session.
 */
export function startsApart(platform: NodeJS.Platform, isAtTerminal: boolean): boolean {
  return platform === 'win32' && !isAtTerminal;
}
