import { type FileCalls, realFiles } from '../platform/files/FileCalls.js';

/** The file calls the store makes, passed in so that a test can make any of them fail. */
export type StoreFiles = FileCalls;

export { realFiles };
