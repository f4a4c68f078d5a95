import { stripVTControlCharacters } from 'node:util';

/** Once the text is on the screen, the keys are pressed. */
export interface TerminalStep {
  readonly shown: string;
  readonly keys: string;
}

const WHERE_IS_THE_CURSOR = '\u001b[6n';
const AT_THE_TOP = '\u001b[1;1R';

/** Reads what a terminal shows and presses keys; gives the answers of a terminal, without which the shell waits. */
export class TerminalUser {
  readonly #steps: TerminalStep[];
  readonly #press: (keys: string) => void;
  #received = '';
  #answered = 0;
  #seen = 0;

  constructor(steps: readonly TerminalStep[], press: (keys: string) => void) {
    this.#steps = [...steps];
    this.#press = press;
  }

  /** All that was shown, without colours and cursor movements, and what was typed. */
  get screen(): string {
    return stripVTControlCharacters(this.#received).replaceAll('\r\n', '\n');
  }

  /** What has to come next. */
  get waitsFor(): string {
    return this.#steps[0] === undefined ? 'its end' : `"${this.#steps[0].shown}"`;
  }

  /** Takes what comes from the program. */
  see(text: string): void {
    this.#received += text;
    this.#answer();
    const step = this.#steps[0];
    const at = step === undefined ? -1 : this.screen.indexOf(step.shown, this.#seen);
    if (step === undefined || at < 0) return;
    this.#seen = at + step.shown.length;
    this.#steps.shift();
    this.#press(step.keys);
  }

  #answer(): void {
    const asked = this.#received.split(WHERE_IS_THE_CURSOR).length - 1;
    for (; this.#answered < asked; this.#answered++) this.#press(AT_THE_TOP);
  }
}
