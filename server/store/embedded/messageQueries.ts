import type { MessageQuery, StoredMessage } from '../SiteDatabase.js';
import type { SqlConnection } from './SqlConnection.js';

/** Status messages in the order of their ids. */
export function messages(connection: SqlConnection, { after, limit, from }: MessageQuery): StoredMessage[] {
  return connection
    .rows('SELECT id, json FROM status_message WHERE id > ? AND time >= ? ORDER BY id LIMIT ?', [after, from, limit])
    .map(([id, json]) => ({ id: Number(id), json: String(json) }));
}
