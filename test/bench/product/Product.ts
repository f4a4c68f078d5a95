import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BenchFailure } from './BenchFailure.js';

/**
 * A built commit. It is driven from outside alone, by what every version has: its command line, its JSON-RPC on stdio,
 * its module and its package; none of its code is imported.
 */
export interface Product {
  /** As tables name it. */
  readonly label: string;
  /** Full hash of the commit. */
  readonly commit: string;
  readonly root: string;
  /** Script of its command line. */
  readonly main: string;
  readonly version: string;
}

/** The product in a folder that was built. @throws BenchFailure when there is none */
export function productIn(root: string, { label, commit }: Pick<Product, 'label' | 'commit'>): Product {
  try {
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
    const main = manifest.bin?.['configmgrsync'];
    if (main !== undefined)
      return { label, commit, root, main: path.join(root, main), version: manifest.version ?? '0.0.0' };
  } catch (error) {
    throw new BenchFailure(`${root} holds no product (${String(error)})`);
  }
  throw new BenchFailure(`the package.json in ${root} names no command configmgrsync`);
}

interface Manifest {
  readonly version?: string;
  readonly bin?: Readonly<Record<string, string>>;
}
