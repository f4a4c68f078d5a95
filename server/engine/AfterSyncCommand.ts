import { dirname } from 'node:path';
import type { Run } from '../contract/generated/types.js';
import { reasonOf } from '../errors/SyncError.js';
import { systemClock } from '../platform/Clock.js';
import { Mutex } from '../platform/Mutex.js';
import { consoleCodePage } from '../platform/consoleCodePage.js';
import { hookCommand, runHook } from '../platform/runHook.js';
import type { HookSystem } from '../platform/runHook.js';
import type { ProgramRunner } from '../platform/runProgram.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { WsyncmgrLog } from '../status/WsyncmgrLog.js';

/** Longest time of an after-sync command; what it prints goes into the log up to so many lines of each output. */
const SECONDS = 600;
const OUTPUT = { lines: 200, width: 1000 } as const;

/** The command and its arguments as they are set. */
type AfterSyncHook = Pick<ComponentSettings, 'afterSyncCommand' | 'afterSyncArguments'>;

/** What running the after-sync command of a site needs. `onBusy` and `onIdle` keep the engine alive meanwhile. */
interface AfterSyncOptions {
  readonly settings: () => Promise<AfterSyncHook>;
  readonly log: WsyncmgrLog;
  readonly environment: NodeJS.ProcessEnv;
  readonly system: HookSystem & { readonly run: ProgramRunner };
  /** Why it is not run, as a sentence for the log; no command is started then. */
  readonly refusal?: (hook: AfterSyncHook) => Promise<string | undefined>;
  readonly onBusy: () => void;
  readonly onIdle: () => void;
  readonly clock?: typeof systemClock;
}

/**
 * Runs the after-sync command once for each finished run, one after another. Whatever happens to it is logged and
 * changes nothing.
 */
export class AfterSyncCommand {
  readonly #options: AfterSyncOptions;
  readonly #turns = new Mutex();
  readonly #stop = new AbortController();

  constructor(options: AfterSyncOptions) {
    this.#options = options;
  }

  /** Takes a finished run and returns at once. */
  readonly start = (run: Run): void => {
    const input = `${asciiText(JSON.stringify(run))}\n`;
    this.#options.onBusy();
    void this.#turns.take(async () => this.#run(run.Id, input)).finally(this.#options.onIdle);
  };

  /** Ends a command under way; none is started any more. */
  stop(): void {
    this.#stop.abort();
  }

  /** Waits until nothing is under way. */
  async ended(): Promise<void> {
    await this.#turns.take(async () => Promise.resolve());
  }

  async #run(id: number, input: string): Promise<void> {
    const { log } = this.#options;
    try {
      const hook = await this.#options.settings();
      const { afterSyncCommand, afterSyncArguments } = hook;
      if (afterSyncCommand === '') return;
      const refusal = await this.#options.refusal?.(hook);
      if (refusal !== undefined) {
        log.write(`WARNING: ${refusal}`);
        return;
      }
      log.write(`Starting the after-sync command ${afterSyncCommand} for run ${id}.`);
      const problem = await this.#runCommand({ command: afterSyncCommand, args: afterSyncArguments, input });
      log.write(
        problem === ''
          ? 'The after-sync command is done.'
          : `WARNING: The after-sync command ${problem}. The synchronization is not affected.`,
      );
    } catch (error) {
      log.write(`WARNING: The after-sync command was not run: ${reasonOf(error)}.`);
    }
  }

  async #runCommand(hook: { command: string; args: readonly string[]; input: string }): Promise<string> {
    const { log, environment, system, clock = systemClock } = this.#options;
    return runHook({
      command: hookCommand(system, hook.command, hook.args),
      folder: dirname(hook.command),
      environment,
      input: hook.input,
      seconds: SECONDS,
      output: OUTPUT,
      system: { ...system, codePage: await consoleCodePage(system) },
      clock,
      signal: this.#stop.signal,
      onLine: (line) => log.write(`After-sync command: ${line}`),
    });
  }
}

/** JSON in ASCII: Windows PowerShell reads its input in the code page of the console. */
export function asciiText(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
