import { transcode } from 'node:buffer';
import { atOnce, type Steps } from '../platform/inTurns.js';
import { CABINET_BLOCK_BYTES, cabinetBlock, dataBlock, utf16Blocks } from './blocks.js';
import { LzxCompressor } from './lzx/LzxCompressor.js';

const HEADER_SIZE = 36;
const FOLDER_SIZE = 8;
const NAME = 'blob\0';
const MEMBER_SIZE = 16 + NAME.length;
const DATA_START = HEADER_SIZE + FOLDER_SIZE + MEMBER_SIZE;

/** How a cabinet is compressed; Microsoft's servers take LZX. */
export type BlobCompression = 'mszip' | 'lzx';

/** As CFFOLDER names it; LZX with the window that WSUS uses. */
const COMPRESSION: Readonly<Record<BlobCompression, number>> = { mszip: 1, lzx: 0x1503 };
// 1980-01-01, the first day a cabinet can name: the same document gives the same cabinet.
const FIRST_DATE = 0x21;
const ARCHIVE_ATTRIBUTE = 0x20;

/** Packs an update document as WSUS does for XmlUpdateBlobCompressed (wsus-protocol section 1.8). */
export function writeBlobCabinet(xmlUtf8: Uint8Array, compression: BlobCompression = 'mszip'): Uint8Array {
  if (compression === 'mszip') return atOnce(mszipCabinet(xmlUtf8));
  const text = xmlUtf8.length === 0 ? Buffer.alloc(0) : transcode(xmlUtf8, 'utf8', 'utf16le');
  return cabinetOf(lzxBlocks(text), text.length, compression);
}

/** The same with MSZIP, block by block; `onBlock` is told how many bytes each has. */
export function* mszipCabinet(xmlUtf8: Uint8Array, onBlock?: (bytes: number) => void): Steps<Uint8Array> {
  const blocks: Buffer[] = [];
  let size = 0;
  let previous: Uint8Array | undefined;
  for (const plain of utf16Blocks(xmlUtf8)) {
    const block = cabinetBlock(plain, previous);
    blocks.push(block);
    size += plain.length;
    previous = plain;
    onBlock?.(block.length);
    yield;
  }
  return cabinetOf(blocks, size, 'mszip');
}

function cabinetOf(blocks: readonly Buffer[], size: number, compression: BlobCompression): Uint8Array {
  const total = blocks.reduce((sum, block) => sum + block.length, DATA_START);
  return Buffer.concat([header(total), folder(blocks.length, compression), member(size), ...blocks], total);
}

function lzxBlocks(text: Uint8Array): Buffer[] {
  const compressor = new LzxCompressor(text);
  const blocks: Buffer[] = [];
  for (let from = 0; from < text.length; from += CABINET_BLOCK_BYTES) {
    const to = Math.min(from + CABINET_BLOCK_BYTES, text.length);
    blocks.push(dataBlock([compressor.part(from, to)], to - from));
  }
  return blocks;
}

function header(cabinetSize: number): Buffer {
  const bytes = Buffer.alloc(HEADER_SIZE);
  bytes.write('MSCF', 0, 'latin1');
  bytes.writeUInt32LE(cabinetSize, 8);
  bytes.writeUInt32LE(HEADER_SIZE + FOLDER_SIZE, 16);
  bytes.writeUInt8(3, 24);
  bytes.writeUInt8(1, 25);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(1, 28);
  return bytes;
}

function folder(blockCount: number, compression: BlobCompression): Buffer {
  const bytes = Buffer.alloc(FOLDER_SIZE);
  bytes.writeUInt32LE(DATA_START, 0);
  bytes.writeUInt16LE(blockCount, 4);
  bytes.writeUInt16LE(COMPRESSION[compression], 6);
  return bytes;
}

function member(size: number): Buffer {
  const bytes = Buffer.alloc(MEMBER_SIZE);
  bytes.writeUInt32LE(size, 0);
  bytes.writeUInt16LE(FIRST_DATE, 10);
  bytes.writeUInt16LE(ARCHIVE_ATTRIBUTE, 14);
  bytes.write(NAME, 16, 'latin1');
  return bytes;
}
