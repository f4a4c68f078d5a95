import type { FileHandle } from 'node:fs/promises';

/** Writes all bytes at a place: a disk that is nearly full takes some of them, and refuses the rest alone. */
export async function writeWholly(file: Pick<FileHandle, 'write'>, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;)
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}
