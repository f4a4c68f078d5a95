import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package: two above this file. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path below the package folder. */
export const at = (...parts) => join(root, ...parts);
