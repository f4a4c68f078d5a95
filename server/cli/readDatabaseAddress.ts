import { readFileSync } from 'node:fs';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { CommandContext } from './CommandContext.js';
import { askSecret } from './askSecret.js';
import { readSecret } from './readSecret.js';

const VARIABLE = 'CONFIGMGRSYNC_DATABASE_URL';
const PROMPT = 'Address of the database (postgresql://user:password@server/database): ';

/**
 * The address of a database in PostgreSQL: of a file, `-` for standard input, else of the environment, else of whoever
 * sits at the terminal. It holds a password, so it never stands on the command line.
 * @throws SyncError DatabaseAddressInvalid
 */
export async function readDatabaseAddress(
  file: string | undefined,
  context: Pick<CommandContext, 'input' | 'env' | 'draw' | 'signal'>,
): Promise<string> {
  const { input, env, draw, signal } = context;
  if (file === '-') return (await readSecret(input)).trim();
  if (file !== undefined) return readAddressFile(file);
  const address = (env[VARIABLE] ?? '').trim();
  if (address !== '') return address;
  const asked = await askSecret(PROMPT, { input, draw, signal });
  if (asked !== undefined) return asked.trim();
  throw new SyncError('DatabaseAddressInvalid', {
    reason: `neither ${VARIABLE} nor --database-address-file gives one, and nobody sits at a terminal to be asked`,
  });
}

function readAddressFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
      .replace(/^\ufeff/, '')
      .trim();
  } catch (error) {
    throw new SyncError(
      'DatabaseAddressInvalid',
      { reason: `the file ${file} cannot be read (${reasonOf(error)})` },
      { cause: error },
    );
  }
}
