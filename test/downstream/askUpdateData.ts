import { request } from 'undici';
import type { UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import { atOnce } from '../../server/platform/inTurns.js';
import {
  parseGetUpdateDataResponse,
  type UpdateDataAnswer,
  writeGetUpdateDataRequest,
} from '../../server/wire/getUpdateData.js';
import { SERVER_SYNC_PATH } from '../../server/wire/operations.js';
import { cookieOf } from './cookieOf.js';

/** One GetUpdateData, and the bytes of what comes back. */
export async function rawUpdateData(url: string, identities: readonly UpdateIdentity[]): Promise<Buffer> {
  const body = writeGetUpdateDataRequest({ cookie: await cookieOf(url), identities }, '1.1');
  const headers = { 'content-type': 'text/xml' };
  const answer = await request(`${url}/${SERVER_SYNC_PATH}`, { method: 'POST', body, headers });
  return Buffer.from(await answer.body.arrayBuffer());
}

/** The same, read. */
export async function askUpdateData(url: string, identities: readonly UpdateIdentity[]): Promise<UpdateDataAnswer> {
  return atOnce(parseGetUpdateDataResponse(await rawUpdateData(url, identities)));
}
