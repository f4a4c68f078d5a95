import { SyncError } from '../errors/SyncError.js';
import { runProgram } from './runProgram.js';
import type { ProgramRunner } from './runProgram.js';
import { runScript } from './windowsScript.js';

/** A secret as it lies on the disk of a Windows machine: useless on another one. */
interface SealedSecret {
  readonly sealed: 'dpapi-machine';
  /** Base64. */
  readonly value: string;
}

/** A secret as stored: sealed on Windows; elsewhere the permissions of its file are the protection. */
export type StoredSecret = string | SealedSecret;

/** Seals and opens secrets. `binding` is a text that must be the same for both: the secret of the site. */
export interface Sealer {
  seal(secret: string, binding: string): Promise<StoredSecret>;
  open(stored: StoredSecret, binding: string): Promise<string>;
}

/** What sealing needs from outside. */
interface SealerOptions {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly run: ProgramRunner;
}

/** Makes the sealer of the platform. */
export function createSealer(options: SealerOptions): Sealer {
  const isWindows = options.platform === 'win32';
  return {
    seal: async (secret, binding) => {
      if (!isWindows || secret === '') return secret;
      return { sealed: 'dpapi-machine', value: await protect('seal', base64(secret), { binding, options }) };
    },
    open: async (stored, binding) => {
      if (typeof stored === 'string') return stored;
      if (!isWindows)
        throw new SyncError('SecretSealFailed', { action: 'opened', reason: 'it was sealed by a Windows machine' });
      return Buffer.from(await protect('open', stored.value, { binding, options }), 'base64').toString('utf8');
    },
  };
}

/** The sealer of this machine. */
export function realSealer(): Sealer {
  return createSealer({ platform: process.platform, env: process.env, run: runProgram });
}

async function protect(
  action: 'seal' | 'open',
  value: string,
  { binding, options }: { binding: string; options: SealerOptions },
): Promise<string> {
  const answer = await runScript(
    { name: 'Convert-CMSyncSecret', given: { action, value, binding: base64(binding) } },
    options,
  );
  const result = 'value' in answer ? answer.value : undefined;
  if (typeof result === 'string' && /^[A-Za-z\d+/]+=*$/.test(result)) return result;
  const reason = 'reason' in answer ? answer.reason : 'PowerShell gave no result';
  throw new SyncError('SecretSealFailed', { action: action === 'seal' ? 'sealed' : 'opened', reason });
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
