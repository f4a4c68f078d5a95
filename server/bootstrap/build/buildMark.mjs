import { createHash } from 'node:crypto';
import { basename } from 'node:path';

/** What the bundler names by its content. */
const HASHED = /-[A-Z0-9]{8}(?=\.js$)/;

/** Differs where anything in what the bundler has made differs. `outputs` is what it says of its files. */
export function buildMark(outputs) {
  const names = Object.keys(outputs).map((path) => basename(path));
  return createHash('sha256').update(names.sort().join()).digest('hex').slice(0, 8);
}

/**
 * The name that a file gets: what was joined changes the files that import it, but not the names that the bundler gave
 * them. With the mark of the build in each, a process that goes on while another build takes its place finds no file of
 * that one. Files that are found by their names keep them.
 */
export function marked(path, mark) {
  return path.replace(HASHED, `$&-${mark}`);
}
