import fs from 'node:fs';

type DescriptorCalls = Pick<
  typeof fs,
  | 'closeSync'
  | 'fchmodSync'
  | 'fchownSync'
  | 'fdatasyncSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'readSync'
  | 'write'
  | 'writeSync'
>;

/** How a file is opened; `wx`, `wx+` and `ax` only where nothing stands there. */
export type OpenFlags = 'r' | 'r+' | 'w' | 'wx' | 'wx+' | 'a' | 'ax';

/**
 * The file calls of the product, named as in `node:fs`. They are passed in, so that a test can make any of them fail,
 * wait, or change something in between.
 */
export interface FileCalls extends DescriptorCalls {
  accessSync(path: string, mode?: number): void;
  existsSync(path: string): boolean;
  fdatasync(descriptor: number, done: (error: NodeJS.ErrnoException | null) => void): void;
  fsync(descriptor: number, done: (error: NodeJS.ErrnoException | null) => void): void;
  linkSync(from: string, to: string): void;
  lstatSync(path: string): fs.Stats;
  mkdirSync(path: string, options?: { readonly mode?: number; readonly recursive?: boolean }): unknown;
  openSync(path: string, flags: OpenFlags | number, mode?: number): number;
  readFileSync(path: string): Buffer;
  readdirSync(path: string): string[];
  readlinkSync(path: string): string;
  realpathSync(path: string): string;
  renameSync(from: string, to: string): void;
  rmSync(path: string, options?: { readonly force?: boolean; readonly recursive?: boolean }): void;
  rmdirSync(path: string): void;
  statfsSync(path: string): Pick<fs.StatsFs, 'bavail' | 'blocks' | 'bsize'> & { readonly type?: number };
  unlinkSync(path: string): void;
}

/** The real file system, paths as they are given: for what only this account and root can exchange. */
export const realFiles: FileCalls = fs;
