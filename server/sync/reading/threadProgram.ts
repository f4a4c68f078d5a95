import { parentPort } from 'node:worker_threads';
import { sharedCabinets } from '../../state/sharedCabinets.js';
import { readAnswer } from '../../upstream/readAnswer.js';
import { readBatch } from '../readBatch.js';
import { type AnswerReply, type BatchReply, type Job, joined, packRows, passError } from './jobs.js';
import { ROOM, type Said, separate, SPARES, transferable } from './jobs.js';

/** What a thread is started with to read update documents: it does one job after the other. */

/** Buffers that documents came back in. */
const spares: ArrayBuffer[] = [];
let turn: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ id, job }: { readonly id: number; readonly job: Job }) => {
  turn = turn.then(async () => {
    try {
      await (job.kind === 'answer' ? answer(id, job) : batch(id, job));
    } catch (error) {
      say({ id, error: passError(error) }, []);
    }
  });
});

function say(said: Said, transfer: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(said, transfer);
}

async function answer(id: number, { body, asked }: Extract<Job, { kind: 'answer' }>): Promise<void> {
  const room = Buffer.from(spares.pop() ?? new ArrayBuffer(ROOM));
  const { updates, fileUrls } = await readAnswer(body, asked, { cabinets: sharedCabinets, room });
  const found = updates.flatMap(({ xml }) => xml ?? []);
  const reply: AnswerReply = {
    updates: updates.map(({ identity, failure }) => (failure === undefined ? { identity } : { identity, failure })),
    documents: joined(found, (buffer) => buffer === room.buffer),
    fileUrls,
  };
  const spare = body.buffer.byteLength === ROOM && body.buffer instanceof ArrayBuffer ? body.buffer : undefined;
  say({ id, reply, spare }, [...transferable(reply.documents.bytes), ...(spare === undefined ? [] : [spare])]);
}

async function batch(id: number, job: Extract<Job, { kind: 'batch' }>): Promise<void> {
  const { asked, identities, documents, fileUrls, failed } = job;
  const found = separate(documents).flatMap((xml, index) => {
    const identity = identities[index];
    return identity === undefined ? [] : { identity, xml };
  });
  const { revisions, sealed, ...read } = await readBatch(asked, { documents: found, fileUrls, failed });
  const reply: BatchReply = { ...read, sealed, revisions: packRows(revisions) };
  say({ id, reply }, transferable(sealed.bytes));
  const [spare] = transferable(documents.bytes);
  if (spare?.byteLength === ROOM && spares.length < SPARES) spares.push(spare);
}
