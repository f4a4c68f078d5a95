import type { Run, RunProgress } from '../contract/generated/types.js';
import { isErrorId, SyncError } from '../errors/SyncError.js';
import { printable } from '../platform/printable.js';
import type { EngineClient } from '../relay/EngineClient.js';
import { defined, EXIT_CODES, printJson, tellWarnings } from './CommandContext.js';
import type { CommandContext } from './CommandContext.js';
import { endText } from './runText.js';

/** Shows the progress of a run on stderr: one line drawn over itself on a terminal, a line per phase elsewhere. */
export class ProgressLine {
  readonly #context: CommandContext;
  #phase = '';
  #drawn = false;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  /** Shows a state. */
  show(progress: RunProgress): void {
    if (this.#context.isTerminal) this.#draw(progressText(progress, this.#context.drawingWidth));
    if (this.#context.isTerminal || progress.Phase === this.#phase) return;
    this.#phase = progress.Phase;
    this.#context.tell(`${progress.Phase}: ${progress.Activity}`);
  }

  /** Leaves the line free for what follows. */
  end(): void {
    if (this.#drawn) this.#context.draw('\r\u001b[K');
    this.#drawn = false;
  }

  #draw(text: string): void {
    this.#drawn = true;
    this.#context.draw(`\r\u001b[K${text}`);
  }
}

/** `[########------------]  40 %  Fetching updates  800 / 2,000`; where that does not fit, without the bar. */
export function progressText(progress: RunProgress, width = 119): string {
  const done = Math.round(progress.PercentComplete / 5);
  const bar = `[${'#'.repeat(done)}${'-'.repeat(20 - done)}] `;
  const count =
    progress.Total > 0 ? `  ${progress.Processed.toLocaleString('en')} / ${progress.Total.toLocaleString('en')}` : '';
  const text = printable(`${String(progress.PercentComplete).padStart(3)} %  ${progress.Activity}${count}`);
  return (bar.length + text.length <= width ? bar + text : text).slice(0, width);
}

/** Which run is waited for, and how long at most. */
interface RunWait {
  readonly id: number;
  readonly timeoutSeconds: number | undefined;
}

/**
 * Waits for the end of a run with its progress on stderr and shows what became of it, also at the time limit; gives the
 * exit code.
 */
export async function waitForRun(client: EngineClient, wait: RunWait, context: CommandContext): Promise<number> {
  const { id } = wait;
  const line = new ProgressLine(context);
  context.backend.onProgress((progress) => {
    if (progress.RunId === id) line.show(progress);
  });
  try {
    await client.request('run/watch', { id }, context);
    const { run } = await client.request(
      'run/wait',
      { id, returnRunning: true, ...defined({ timeoutSeconds: wait.timeoutSeconds }) },
      context,
    );
    line.end();
    return run.State === 'Running' ? showTimeout(run, wait, context) : showEnd(run, context);
  } catch (caught) {
    line.end();
    if (!(caught instanceof SyncError) || !context.signal.aborted) throw caught;
    context.tell(
      `The wait ended. Synchronization ${id} continues in the engine. Look at it with configmgrsync run list.`,
    );
    if (context.json) printJson(context, await runOf(client, id));
    return EXIT_CODES.cancelled;
  }
}

/** Shows a finished run; gives its exit code. */
function showEnd(run: Run, context: CommandContext): number {
  if (context.json) printJson(context, run);
  else context.print(endText(run));
  tellWarnings(context, run.Warnings);
  if (run.Succeeded) return EXIT_CODES.done;
  context.tell(`${run.ErrorId ?? run.State}: ${run.ErrorMessage ?? 'the synchronization did not succeed'}`);
  const nextStep = nextStepOf(run);
  if (nextStep !== null) context.tell(nextStep);
  return exitCodeOf(run);
}

/** The exit code that the error table gives to the error of a finished run. */
export function exitCodeOf(run: Pick<Run, 'Succeeded' | 'ErrorId'>): number {
  if (run.Succeeded) return EXIT_CODES.done;
  return run.ErrorId !== null && isErrorId(run.ErrorId) ? new SyncError(run.ErrorId).exitCode : EXIT_CODES.failed;
}

/** The next step in the words of this command line, where the engine's are those of PowerShell. */
function nextStepOf(run: Run): string | null {
  const own = run.ErrorId !== null && isErrorId(run.ErrorId) ? new SyncError(run.ErrorId, { run: run.Id }) : undefined;
  return own === undefined || own.nextStepCli === own.nextStep ? run.NextStep : own.nextStepCli;
}

function showTimeout(run: Run, wait: RunWait, context: CommandContext): number {
  const error = new SyncError('WaitTimeout', { run: run.Id, seconds: wait.timeoutSeconds ?? 0 });
  if (context.json) printJson(context, run);
  context.tell(`${error.errorId}: ${error.message}`);
  context.tell(error.nextStepCli);
  return error.exitCode;
}

async function runOf(client: EngineClient, id: number): Promise<Run | null> {
  const { runs } = await client.request('run/list', { id });
  return runs[0] ?? null;
}
