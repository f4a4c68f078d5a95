import { SyncError } from '../errors/SyncError.js';
import type { Source } from './Source.js';

/** What a site has that synchronizes with nobody: whatever is asked of it is refused. */
export function noSource(name: string): Source {
  const refuse = async (): Promise<never> => Promise.reject(new SyncError('NoSynchronizationSource'));
  return {
    name,
    open: refuse,
    listRevisions: refuse,
    relatedRevisions: refuse,
    fetchDocuments: refuse,
    fetchFile: refuse,
    close: async () => Promise.resolve(),
  };
}
