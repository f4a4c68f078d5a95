import type { CommandContext } from './CommandContext.js';
import { ProgressLine } from './waitForRun.js';

/** Shows how far the relay itself is with what it does. */
export async function withProgress<Result>(context: CommandContext, work: () => Promise<Result>): Promise<Result> {
  const line = new ProgressLine(context);
  context.backend.onProgress((progress) => {
    if (progress.RunId === 0) line.show(progress);
  });
  try {
    return await work();
  } finally {
    line.end();
  }
}
