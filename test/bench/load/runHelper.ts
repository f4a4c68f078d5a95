import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The last line of a helper process of this folder as JSON. */
export async function runHelper<Result>(script: string, args: readonly string[]): Promise<Result> {
  const { stdout } = await run(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args]);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Result;
}
