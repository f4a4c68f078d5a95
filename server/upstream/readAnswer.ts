import { SyncError } from '../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { inTurns } from '../platform/inTurns.js';
import { parseGetUpdateDataResponse, type ReceivedUpdate, type SourceFileUrl } from '../wire/getUpdateData.js';

/** Takes a document out of the cabinet of XmlUpdateBlobCompressed; throws CabinetCorrupt. */
export interface CabinetReader {
  read(cabinet: Uint8Array, what?: string): Uint8Array;
}

/** An update that came: its document as UTF-8, or why there is none. */
export interface DeliveredUpdate {
  readonly identity: UpdateIdentity;
  readonly xml?: Uint8Array;
  readonly failure?: { readonly errorId: string; readonly reason: string };
}

/** An answer to GetUpdateData: what was asked for, each once. */
export interface DeliveredUpdates {
  readonly updates: readonly DeliveredUpdate[];
  readonly fileUrls: readonly SourceFileUrl[];
}

/** Reads the answers of an upstream, here or in a thread of its own. */
export interface AnswerReader {
  /** A place that the body of an answer can be read into. */
  readonly room?: () => Buffer | undefined;
  /**
   * Reads the body of an answer to GetUpdateData; nobody else uses the body any more.
   * @throws SyncError UpstreamMalformed
   */
  readAnswer(body: Uint8Array, asked: readonly UpdateIdentity[], signal: AbortSignal): Promise<DeliveredUpdates>;
}

/** What answers are read with. */
interface AnswerParts {
  /** Is asked when the first cabinet comes. */
  readonly cabinets: () => Promise<CabinetReader>;
  /** Where documents are put while there is room. */
  readonly room?: Buffer;
}

/** Reads answers where it is called. */
export function answerReader(parts: AnswerParts): AnswerReader {
  return { readAnswer: async (body, asked) => readAnswer(body, asked, parts) };
}

/** A document that cannot be unpacked, or came empty, is the failure of one update. */
export async function readAnswer(
  body: Uint8Array,
  asked: readonly UpdateIdentity[],
  { cabinets, room }: AnswerParts,
): Promise<DeliveredUpdates> {
  const { updates, fileUrls } = await inTurns(parseGetUpdateDataResponse(body, room));
  const wanted = new Set(asked.map(identityKey));
  const delivered = updates.filter(({ identity }) => wanted.delete(identityKey(identity)));
  const reader = delivered.some(({ cabinet }) => cabinet !== undefined) ? await cabinets() : undefined;
  return { updates: delivered.map((update) => delivery(update, reader)), fileUrls };
}

function delivery(update: ReceivedUpdate, reader: CabinetReader | undefined): DeliveredUpdate {
  const { identity } = update;
  try {
    return { identity, xml: documentOf(update, reader) };
  } catch (caught) {
    if (!(caught instanceof SyncError)) throw caught;
    return { identity, failure: { errorId: caught.errorId, reason: caught.message } };
  }
}

function documentOf({ identity, xml, cabinet }: ReceivedUpdate, reader: CabinetReader | undefined): Uint8Array {
  if (xml !== undefined) return xml;
  const what = identityKey(identity);
  if (cabinet === undefined || reader === undefined)
    throw new SyncError('DocumentInvalid', { what, reason: 'the upstream sent an empty document' });
  return reader.read(cabinet, what);
}
