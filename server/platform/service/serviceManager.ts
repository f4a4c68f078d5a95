import { join } from 'node:path';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import type { ServicePlan } from './ServicePlan.js';
import { plainFiles } from '../files/folderFiles.js';
import { replaceFile } from '../replaceFile.js';
import { programReason } from '../runProgram.js';
import type { ProgramRunner } from '../runProgram.js';
import { servicePlatform } from './serviceSteps.js';
import type { ServiceAction, ServicePlatform, ServiceStep } from './serviceSteps.js';
import { systemErrorCode } from '../systemErrorCode.js';
import { taskResultReason } from './taskResult.js';
import { runScript } from '../windowsScript.js';

/** What the manager touches; replaced in tests. */
export interface ServiceManagerOptions {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly run: ProgramRunner;
  /** Put before the path of every file that is written; empty on a real machine. */
  readonly root: string;
  /** Takes what failed and is not a reason to stop. */
  readonly say?: (line: string) => void;
}

/** Registers, starts and stops the service of a site with the Task Scheduler or systemd. */
export class ServiceManager {
  readonly platform: ServicePlatform;
  readonly #options: ServiceManagerOptions;

  constructor(options: ServiceManagerOptions) {
    this.#options = options;
    this.platform = servicePlatform(options.platform);
  }

  /** What an action does, as an administrator would type it; nothing is done. */
  describe(action: ServiceAction, plan: ServicePlan): readonly string[] {
    return this.platform.steps(action, plan).map(shownStep);
  }

  /** Does it. @throws SyncError ServiceCommandFailed */
  async perform(action: ServiceAction, plan: ServicePlan, password?: string): Promise<void> {
    for (const step of this.platform.steps(action, plan, password)) await this.#step(step);
  }

  /** The text that is registered under the name of the site's service. */
  async existing(siteCode: string): Promise<string | undefined> {
    const place = this.platform.existing(siteCode);
    if ('path' in place) return this.#read(place.path);
    const answer = await runScript(place.script, this.#options);
    if ('value' in answer) return answer.value === '' ? undefined : String(answer.value);
    throw new SyncError('ServiceCommandFailed', { command: 'Reading the scheduled task', reason: answer.reason });
  }

  /** Why the manager could not run the service when it last tried, where it says so. */
  async reasonOfLastResult(siteCode: string): Promise<string | undefined> {
    const script = this.platform.lastResult?.(siteCode);
    const answer = script === undefined ? undefined : await runScript(script, this.#options);
    return answer !== undefined && 'value' in answer ? taskResultReason(Number(answer.value)) : undefined;
  }

  /** Refuses where nothing could start the service, before anything is changed. @throws SyncError ServiceUnsupported */
  async check(): Promise<void> {
    if (this.platform.kind !== 'SystemdUnit') return;
    // sd_booted(3): the folder is there exactly when systemd is the init of this machine.
    const end = await this.#options.run({ command: 'systemctl', args: ['is-system-running'] });
    const state = end.stdout.trim();
    if (end.code === 127 || state === '' || state === 'offline')
      throw new SyncError('ServiceUnsupported', { reason: 'systemd does not run this machine' });
  }

  async #step(step: ServiceStep): Promise<void> {
    try {
      if (step.kind === 'write') await this.#write(step.path, step.text);
      else if (step.kind === 'remove') plainFiles.rmSync(this.#at(step.path), { force: true });
    } catch (caught) {
      throw new SyncError(
        'ServiceCommandFailed',
        { command: shownStep(step).split('\n')[0] ?? '', reason: reasonOf(caught) },
        { cause: caught },
      );
    }
    if (step.kind === 'write' || step.kind === 'remove') return;
    const reason = await this.#reasonOf(step);
    if (reason !== undefined) throw new SyncError('ServiceCommandFailed', { command: step.shown, reason });
  }

  /** Why a program or script failed. */
  async #reasonOf(step: Extract<ServiceStep, { kind: 'run' | 'script' }>): Promise<string | undefined> {
    if (step.kind === 'run') {
      const end = await this.#options.run(step.call);
      return end.code === 0 ? undefined : programReason(end);
    }
    const answer = await runScript(step.script, this.#options);
    if ('value' in answer) return undefined;
    if (step.mayFail === 'told') this.#options.say?.(`Not done: ${step.shown}: ${answer.reason}.`);
    return step.mayFail === undefined ? answer.reason : undefined;
  }

  async #write(path: string, text: string): Promise<void> {
    await replaceFile(this.#at(path), text, { files: plainFiles, mode: 0o644 });
    // Whatever the umask: everybody may look at a unit.
    const descriptor = plainFiles.openSync(this.#at(path), 'r');
    plainFiles.fchmodSync(descriptor, 0o644);
    plainFiles.closeSync(descriptor);
  }

  #read(path: string): string | undefined {
    try {
      return plainFiles.readFileSync(this.#at(path)).toString();
    } catch (caught) {
      if (systemErrorCode(caught) === 'ENOENT') return undefined;
      throw new SyncError(
        'ServiceCommandFailed',
        { command: `Reading ${path}`, reason: reasonOf(caught) },
        { cause: caught },
      );
    }
  }

  #at(path: string): string {
    return this.#options.root === '' ? path : join(this.#options.root, path);
  }
}

function shownStep(step: ServiceStep): string {
  if (step.kind === 'write') return `write ${step.path} (as above)`;
  return step.kind === 'remove' ? `remove ${step.path}` : step.shown;
}
