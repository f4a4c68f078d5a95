import { createInterface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';

interface Terminal {
  readonly input: Readable;
  /** Writes to the terminal. */
  readonly draw: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Asks whoever sits at the terminal; what is typed is not shown. Undefined without a terminal or an answer. */
export async function askSecret(question: string, { input, draw, signal }: Terminal): Promise<string | undefined> {
  if ((input as { isTTY?: boolean }).isTTY !== true) return undefined;
  draw(question);
  // It shows what is typed itself: here nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  try {
    return await new Promise<string | undefined>((resolve) => {
      lines.once('line', resolve);
      for (const end of ['close', 'SIGINT']) lines.once(end, () => resolve(undefined));
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
  } finally {
    lines.close();
    draw('\n');
  }
}
