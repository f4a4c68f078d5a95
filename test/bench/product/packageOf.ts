import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Product } from './Product.js';

const run = promisify(execFile);

/** Writes the package of a product into a folder; gives the folder of its module. */
export async function packageOf(product: Product, out: string): Promise<string> {
  await run(process.execPath, [path.join('server', 'bootstrap', 'package.mjs'), '--out', out], { cwd: product.root });
  return path.join(out, 'ConfigMgrSync', product.version);
}
