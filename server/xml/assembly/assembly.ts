import { MODULE } from './module.js';

/** What the module gives (scan.as beside this file). */
export interface Assembly {
  readonly memory: { readonly buffer: ArrayBuffer };
  begin(): void;
  name(length: number): number;
  address(length: number): number;
  ready(xmlns: number, xml: number, whole: number, children: number): void;
  isCrowded(): number;
  documentPlace(): number;
  documentLimit(): number;
  resultPlace(): number;
  scan(length: number): number;
  escape(length: number): number;
  escapedLength(length: number): number;
  unescape(length: number): number;
  utf16Length(length: number): number;
}

/** What Node.js has of WebAssembly and the types of its own do not say. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

let shared: Assembly | undefined;

/** The one instance of a thread: whoever uses it puts in and takes out without letting others go first. */
export function assembly(): Assembly {
  if (shared === undefined) {
    const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
    shared = new Instance(new Module(Buffer.from(MODULE, 'base64'))).exports as Assembly;
    shared.begin();
  }
  return shared;
}

/** Puts bytes where the module reads; gives how many. They fit below its limit. */
export function putDocument(module: Assembly, bytes: Uint8Array): number {
  new Uint8Array(module.memory.buffer, module.documentPlace(), bytes.length).set(bytes);
  return bytes.length;
}
