import { execFile } from 'node:child_process';
import { BenchFailure } from './BenchFailure.js';
import type { Product } from './Product.js';

/** Standard output of a verb of a product's command line. @throws BenchFailure with what it said */
export async function runVerb(product: Product, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [product.main, ...args],
      { env, maxBuffer: 1 << 30, windowsHide: true },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new BenchFailure(`configmgrsync ${args[0] ?? ''} failed: ${lastLine(stderr) ?? error.message}`));
      },
    );
  });
}

/** What a program said last. */
export function lastLine(text: string): string | undefined {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .at(-1);
}
