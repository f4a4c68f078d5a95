import fs from 'node:fs';

/** The file calls the store makes, passed in so that a test can make any of them fail. */
export type StoreFiles = Pick<
  typeof fs,
  | 'closeSync'
  | 'existsSync'
  | 'fdatasyncSync'
  | 'fstatSync'
  | 'fsync'
  | 'fsyncSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmSync'
  | 'write'
  | 'writeSync'
>;

/** The real file system. */
export const realFiles: StoreFiles = fs;
