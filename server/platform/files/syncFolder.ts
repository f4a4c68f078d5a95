import type { FileCalls } from './FileCalls.js';

/** Makes a new or renamed name in a folder durable. Windows cannot open folders; NTFS journals the name itself. */
export function syncFolder(files: FileCalls, folder: string, platform: NodeJS.Platform = process.platform): void {
  if (platform === 'win32') return;
  const descriptor = files.openSync(folder, 'r');
  try {
    files.fsyncSync(descriptor);
  } finally {
    files.closeSync(descriptor);
  }
}
