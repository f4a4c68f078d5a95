import { dirname } from 'node:path';
import { systemClock } from '../platform/Clock.js';
import { consoleCodePage } from '../platform/consoleCodePage.js';
import { hookCommand, type HookSystem, runHook } from '../platform/runHook.js';
import type { ProgramRunner } from '../platform/runProgram.js';
import type { WsyncmgrLog } from '../status/WsyncmgrLog.js';
import { asciiText } from './AfterSyncCommand.js';

/** Longest time of a program; of what it prints so much goes into the log. */
const SECONDS = 600;
const OUTPUT = { lines: 200, width: 1000 } as const;

/** What running the program of a status filter rule needs. */
interface RuleProgramOptions {
  readonly log: WsyncmgrLog;
  readonly environment: NodeJS.ProcessEnv;
  readonly system: HookSystem & { readonly run: ProgramRunner };
  /** Why a program is not run, as a sentence. */
  readonly refusal: (program: string) => Promise<string | undefined>;
}

/** Runs programs of status filter rules, under the rules of the after-sync command, and logs what becomes of them. */
export class RuleProgram {
  readonly #options: RuleProgramOptions;
  readonly #stop = new AbortController();

  constructor(options: RuleProgramOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  readonly run = async (program: string, input: string): Promise<void> => {
    const { log, refusal } = this.#options;
    const refused = await refusal(program);
    const problem = refused === undefined ? await this.#start(program, input) : '';
    if (refused !== undefined) log.write(`WARNING: ${refused}`);
    else if (problem === '') log.write(`The program ${program} of a status filter rule is done.`);
    else log.write(`WARNING: The program ${program} of a status filter rule ${problem}.`);
  };

  /** Ends one under way. */
  stop(): void {
    this.#stop.abort();
  }

  async #start(program: string, input: string): Promise<string> {
    const { log, environment, system } = this.#options;
    return runHook({
      command: hookCommand(system, program, []),
      folder: dirname(program),
      environment,
      input: asciiText(input),
      seconds: SECONDS,
      output: OUTPUT,
      system: { ...system, codePage: await consoleCodePage(system) },
      clock: systemClock,
      signal: this.#stop.signal,
      onLine: (line) => log.write(`Status filter rule: ${line}`),
    });
  }
}
