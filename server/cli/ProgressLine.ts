import type { RunProgress } from '../contract/generated/types.js';
import { printable } from '../platform/printable.js';
import type { CommandContext } from './CommandContext.js';

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
    if (this.#context.isTerminal) this.#draw(progressText(progress));
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

/** `[########------------]  40 %  Fetching updates  800 / 2,000`. */
export function progressText(progress: RunProgress): string {
  const done = Math.round(progress.PercentComplete / 5);
  const bar = `${'#'.repeat(done)}${'-'.repeat(20 - done)}`;
  const count =
    progress.Total > 0 ? `  ${progress.Processed.toLocaleString('en')} / ${progress.Total.toLocaleString('en')}` : '';
  const text = `[${bar}] ${String(progress.PercentComplete).padStart(3)} %  ${progress.Activity}${count}`;
  return printable(text).slice(0, 119);
}
