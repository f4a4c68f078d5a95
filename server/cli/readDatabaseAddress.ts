import { readFileSync } from 'node:fs';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { CommandContext } from './CommandContext.js';
import { askSecret } from './askSecret.js';
import { readSecret } from './readSecret.js';

type Asking = Pick<CommandContext, 'input' | 'env' | 'draw' | 'signal'>;

/** A text that holds a secret, and so never stands on the command line. */
interface SecretText {
  readonly variable: string;
  readonly option: string;
  readonly prompt: string;
  readonly invalid: 'DatabaseAddressInvalid' | 'DatabaseKeyInvalid';
}

const ADDRESS: SecretText = {
  variable: 'CONFIGMGRSYNC_DATABASE_URL',
  option: '--database-address-file',
  prompt: 'Address of the database (postgresql://user:password@server/database): ',
  invalid: 'DatabaseAddressInvalid',
};
const KEY: SecretText = {
  variable: 'CONFIGMGRSYNC_DATABASE_KEY',
  option: '--database-key-file',
  prompt: 'Key of the database (CMSYNC-...): ',
  invalid: 'DatabaseKeyInvalid',
};

/**
 * The address of a database in PostgreSQL: of a file, `-` for standard input, else of the environment, else of whoever
 * sits at the terminal. @throws SyncError DatabaseAddressInvalid
 */
export async function readDatabaseAddress(file: string | undefined, context: Asking): Promise<string> {
  return readText(ADDRESS, file, context);
}

/** The key of a database, from the same places. @throws SyncError DatabaseKeyInvalid */
export async function readDatabaseKey(file: string | undefined, context: Asking): Promise<string> {
  return readText(KEY, file, context);
}

async function readText(wanted: SecretText, file: string | undefined, context: Asking): Promise<string> {
  const { input, env, draw, signal } = context;
  if (file === '-') return (await readSecret(input)).trim();
  if (file !== undefined) return readSecretFile(file, wanted);
  const given = (env[wanted.variable] ?? '').trim();
  // Not for the programs that this process starts.
  Reflect.deleteProperty(env, wanted.variable);
  if (given !== '') return given;
  const asked = await askSecret(wanted.prompt, { input, draw, signal });
  if (asked !== undefined) return asked.trim();
  const { variable, option, invalid } = wanted;
  throw new SyncError(invalid, {
    reason: `neither ${variable} nor ${option} gives one, and nobody sits at a terminal to be asked`,
  });
}

function readSecretFile(file: string, { invalid }: SecretText): string {
  try {
    return readFileSync(file, 'utf8')
      .replace(/^\ufeff/, '')
      .trim();
  } catch (error) {
    throw new SyncError(invalid, { reason: `the file ${file} cannot be read (${reasonOf(error)})` }, { cause: error });
  }
}
