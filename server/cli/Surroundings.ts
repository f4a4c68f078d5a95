import type { Readable } from 'node:stream';
import type { RelayBackend } from '../rpc/RelayBackend.js';

/** Where the command line writes text to. */
export interface TextSink {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** What the command line runs in: a process of its own, or a test. */
export interface Surroundings {
  readonly input: Readable;
  readonly output: TextSink;
  readonly messages: TextSink;
  readonly env: NodeJS.ProcessEnv;
  readonly backend: RelayBackend;
  /** Calls what ends the verb when it is asked to; the returned function takes that back. */
  onInterrupt(interrupt: () => void): () => void;
}
