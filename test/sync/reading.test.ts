import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import type { UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import { programPart } from '../../server/platform/packageFolder.js';
import { readerHere } from '../../server/sync/reading/BatchReader.js';
import type { Thread } from '../../server/sync/reading/ReadingThread.js';
import type { Job } from '../../server/sync/reading/jobs.js';
import { readerFor, ThreadedReader } from '../../server/sync/reading/threadedReader.js';
import { testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';
import { caughtFrom } from '../rpc/caught.js';
import { guidOf, updateDocumentText } from '../fixtures/updateDocuments.js';
import { updateData } from '../wire/wholeMessages.js';

const NEVER = new AbortController().signal;
const MANY = 2000;
const identity = (number: number): UpdateIdentity => ({ updateId: guidOf(number), revisionNumber: 1 });
const startThread = (): Thread => new Worker(programPart('readingThread.js'));

/** The answer of an upstream: a document with a file, one that was not asked for, an empty one and a bad cabinet. */
function answer(): Uint8Array {
  const file = { fileName: 'a.cab', digest: 'AAAA' };
  const xml = (number: number, files = [file]): Uint8Array =>
    Buffer.from(updateDocumentText({ id: guidOf(number), title: `Ü & ${number}`, files, prerequisites: [guidOf(99)] }));
  const updates = [
    { identity: identity(1), xml: xml(1), fileDigests: ['AAAA'] },
    { identity: identity(7), xml: xml(7), fileDigests: [] },
    { identity: identity(2), xml: Buffer.alloc(0), fileDigests: [] },
    { identity: identity(3), cabinet: Buffer.from('no cabinet'), fileDigests: [] },
    { identity: identity(4), xml: Buffer.from('<no update/>'), fileDigests: [] },
    { identity: identity(5), xml: xml(5, []), fileDigests: [] },
  ];
  return updateData({ updates, fileUrls: [{ digest: 'AAAA', muUrl: 'http://mu/a.cab', ussUrl: '' }] }, '1.1');
}

describe('Reading in a thread', () => {
  let reader: ThreadedReader;
  const threads: Thread[] = [];
  const open = (start: () => Thread): ThreadedReader => {
    reader = new ThreadedReader({
      threads: 1,
      start: () => {
        const thread = start();
        threads.push(thread);
        return thread;
      },
    });
    return reader;
  };
  afterEach(async () => {
    threads.length = 0;
    await reader.close();
  });

  it('gives what reading here gives, of an answer and of its documents', async () => {
    const asked = [1, 2, 3, 4, 5, 6].map(identity);
    const here = readerHere();
    const there = open(startThread);
    there.expect(MANY);
    const [expected, got] = [
      await here.readAnswer(answer(), asked, NEVER),
      await there.readAnswer(answer(), asked, NEVER),
    ];
    const plain = (delivered: typeof got): unknown =>
      delivered.updates.map(({ xml, ...rest }) => ({ ...rest, xml: xml && Buffer.from(xml).toString() }));
    expect(plain(got)).to.deep.equal(plain(expected));
    expect(got.fileUrls).to.deep.equal(expected.fileUrls);
    expect(got.updates.map(({ failure }) => failure?.errorId)).to.deep.equal([
      undefined,
      'DocumentInvalid',
      'CabinetCorrupt',
      undefined,
      undefined,
    ]);
    const batchOf = ({ updates, fileUrls }: typeof got): Parameters<typeof there.readBatch>[1] => ({
      documents: updates.flatMap(({ xml, identity: own }) => (xml === undefined ? [] : { identity: own, xml })),
      fileUrls,
      failed: [],
    });
    const readHere = await here.readBatch(asked, batchOf(expected), NEVER);
    const readThere = await there.readBatch(asked, batchOf(got), NEVER);
    expect({ ...readThere, sealed: undefined }).to.deep.equal({ ...readHere, sealed: undefined });
    expect(Buffer.from(readThere.sealed.bytes).equals(readHere.sealed.bytes)).to.equal(true);
    expect(readThere.sealed.lengths).to.deep.equal(readHere.sealed.lengths);
    expect(readThere.revisions.map(({ updateId }) => updateId)).to.deep.equal([guidOf(1), guidOf(5)]);
    expect(readThere.failed.map(({ errorId }) => errorId)).to.deep.equal(['DocumentInvalid']);
  });

  it('fails as reading here does', async () => {
    const there = open(startThread);
    there.expect(MANY);
    const caught = await caughtFrom(there.readAnswer(Buffer.from('<x'), [], NEVER));
    const here = await caughtFrom(readerHere().readAnswer(Buffer.from('<x'), [], NEVER));
    expect(caught).to.be.instanceOf(SyncError);
    expect(caught).to.include({ errorId: 'UpstreamMalformed', message: here.message });
  });

  it('is not done for few documents', async () => {
    const there = open(startThread);
    there.expect(MANY - 1);
    await there.readAnswer(answer(), [identity(1)], NEVER);
    expect(threads).to.deep.equal([]);
  });
});

describe('A thread that reads for a run', () => {
  const site = testSite();
  const numbers = Array.from({ length: 400 }, (_, index) => 1001 + index);
  const threads: Thread[] = [];
  /** Threads that `posted` sees the jobs of. */
  const readIn = (start: () => Thread, posted: (thread: Thread, job: Job) => boolean = () => true): void => {
    site().openReader = () =>
      new ThreadedReader({
        threads: 1,
        worthwhile: numbers.length,
        start: () => {
          const thread = start();
          threads.push(thread);
          const post = thread.postMessage.bind(thread);
          thread.postMessage = (message: { job: Job }, transfer) => {
            if (posted(thread, message.job)) post(message, transfer as ArrayBuffer[]);
          };
          return thread;
        },
      });
  };
  beforeEach(() => {
    threads.length = 0;
    site().source.batchSize = 100;
    site().source.put(...numbers.map((number) => update(number)));
  });

  it('may end in the middle: what it had is fetched again, and nothing is missing', async () => {
    let jobs = 0;
    readIn(startThread, (thread) => {
      jobs += 1;
      if (jobs === 3) void thread.terminate();
      return true;
    });
    const run = await site().sync();
    expect(run).to.include({ State: 'Succeeded' });
    expect(run.Counts).to.include({ Failed: 0, New: 400 });
    expect(threads).to.have.length(2);
    expect(site().lines).to.include(
      'The thread that reads update documents ended: it was stopped. Documents that it had are fetched again.',
    );
  });

  it('is ended by one batch alone: its documents have failed, the next run fetches them again', async () => {
    /** Ends a thread once it has done all that it was given before this batch. */
    const left = new Map<Thread, number>();
    const poison = new Set<Thread>();
    const endIfDue = (thread: Thread): void => {
      if (poison.has(thread) && left.get(thread) === 0) void thread.terminate();
    };
    readIn(startThread, (thread, { asked }) => {
      if (!left.has(thread))
        thread.on('message', () => {
          left.set(thread, (left.get(thread) ?? 0) - 1);
          endIfDue(thread);
        });
      if (asked.some(({ updateId }) => updateId === guidOf(1150))) poison.add(thread);
      else if (!poison.has(thread)) left.set(thread, (left.get(thread) ?? 0) + 1);
      left.set(thread, left.get(thread) ?? 0);
      endIfDue(thread);
      return !poison.has(thread);
    });
    const run = await site().sync();
    expect(run).to.include({ State: 'Succeeded' });
    expect(run.Counts).to.include({ Failed: 50, New: 350 });
    expect(run.FailedUpdates[0]).to.include({ UpdateID: guidOf(1101), ErrorId: 'ReaderEnded' });
    site().openReader = readerHere;
    expect((await site().sync()).Counts).to.include({ Failed: 0, New: 50 });
  });

  it('that never stays fails the run with what is seen', async () => {
    readIn(() => {
      throw new SyncError('InternalError', { where: 'a test', reason: 'no thread' });
    });
    const run = await site().sync();
    expect(run).to.include({ State: 'Failed', ErrorId: 'ReaderEnded' });
    expect(run.ErrorMessage).to.contain('no thread');
  });

  it('is ended when the run is cancelled, whatever it works on', async () => {
    const ended: Promise<number>[] = [];
    readIn(startThread, (thread) => {
      ended.push(new Promise((resolve) => void thread.on('exit', resolve)));
      void site().runner.stop(new SyncError('Cancelled', { what: 'The run' }));
      return false;
    });
    const run = await site().sync();
    expect(run).to.include({ State: 'Cancelled' });
    await Promise.all(ended);
    expect(threads).to.have.length(1);
  });
});

describe('A thread that reads', () => {
  it('is for machines with more than two processors', async () => {
    const threaded = [1, 2, 3, 8].map((processors) => readerFor(processors));
    expect(threaded.map((one) => one instanceof ThreadedReader)).to.deep.equal([false, false, true, true]);
    for (const one of threaded) await one.close();
  });
});
