import table from '../../schemas/errors.json' with { type: 'json' };
import { withLocalTimes } from './localTime.js';
import { systemReason } from './systemReason.js';

/** Every error id of the product: the keys of `schemas/errors.json`, the one table of codes. */
export type ErrorId = keyof typeof table;

/** What fills the placeholders of a message. */
export type ErrorData = Readonly<Record<string, string | number | boolean>>;

interface ErrorEntry {
  readonly code: number;
  readonly category: string;
  readonly exit: number;
  readonly message: string;
  readonly nextStep: string;
  /** The next step in the verbs of the command line, where `nextStep` names commands of PowerShell. */
  readonly nextStepCli?: string;
}

/**
 * The only error this product throws: an id from the one table, the things it names, and the next step.
 * `message` and `nextStep` are the table's texts with the placeholders filled from `data`.
 */
export class SyncError extends Error {
  override readonly name = 'SyncError';
  readonly errorId: ErrorId;
  readonly data: ErrorData;
  readonly nextStep: string;

  constructor(errorId: ErrorId, data: ErrorData = {}, options?: { cause?: unknown }) {
    super(fill(entryOf(errorId).message, data), options);
    this.errorId = errorId;
    this.data = data;
    this.nextStep = fill(entryOf(errorId).nextStep, data);
  }

  /** The message for somebody at the command line: with `reasonCli` in place of `reason`, and the like. */
  get messageCli(): string {
    return fill(entryOf(this.errorId).message, forCommandLine(this.data));
  }

  /** The next step for somebody at the command line. */
  get nextStepCli(): string {
    const entry = entryOf(this.errorId);
    return fill(entry.nextStepCli ?? entry.nextStep, forCommandLine(this.data));
  }

  /** JSON-RPC application code, outside the reserved range. */
  get code(): number {
    return entryOf(this.errorId).code;
  }

  /** Name of the PowerShell ErrorCategory. */
  get category(): string {
    return entryOf(this.errorId).category;
  }

  /** Exit code of a command line verb that ends with this error. */
  get exitCode(): number {
    return entryOf(this.errorId).exit;
  }
}

/** Turns whatever was caught into a SyncError; what is not ours becomes InternalError with its cause kept. */
export function toSyncError(caught: unknown, where: string): SyncError {
  if (caught instanceof SyncError) return caught;
  return new SyncError('InternalError', { where, reason: reasonOf(caught) }, { cause: caught });
}

/** The text of a caught value, without a trailing full stop, so that it fits into a sentence. */
export function reasonOf(caught: unknown): string {
  const text = caught instanceof Error ? (systemReason(caught) ?? (caught.message || caught.name)) : String(caught);
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
    .replace(/\.$/, '');
}

/** Tells whether the text is an id of the table. */
export function isErrorId(text: string): text is ErrorId {
  return Object.hasOwn(table, text);
}

function entryOf(errorId: ErrorId): ErrorEntry {
  return table[errorId];
}

function forCommandLine(data: ErrorData): ErrorData {
  const own = Object.entries(data).filter(([name]) => name.endsWith('Cli'));
  return { ...data, ...Object.fromEntries(own.map(([name, value]) => [name.slice(0, -'Cli'.length), value])) };
}

function fill(text: string, data: ErrorData): string {
  return text
    .replace(/\{(\w+)\}/g, (_match, name: string) =>
      withLocalTimes(String(data[name] ?? '?')).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' '),
    )
    .replace(/(\w\?)\.$/, '$1');
}
