import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { SyncError } from '../errors/SyncError.js';

/**
 * Reads a secret from standard input, without the end of its line and the mark that Windows PowerShell may put before
 * it. @throws SyncError InvalidRequest where letters of it were lost on the way
 */
export async function readSecret(input: Readable): Promise<string> {
  const secret = (await text(input)).replace(/^\ufeff/, '').replace(/\r?\n$/, '');
  if (!secret.includes('\ufffd')) return secret;
  throw new SyncError('InvalidRequest', {
    method: 'standard input',
    reason:
      'Standard input is not UTF-8. In Windows PowerShell 5.1 first set ' +
      '$OutputEncoding = New-Object Text.UTF8Encoding $false',
  });
}
