import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CABINET_BLOCK_BYTES, cabinetBlock } from '../../server/cabinet/blocks.js';

/** A record of metadata.txt as wsusutil writes it; `units` lies about its length. */
export function record(updateId: string, revision: number, xml: string, units = xml.length): string {
  const hex = (value: number): string => value.toString(16).padStart(8, '0');
  return `${updateId},${hex(revision)},${hex(units)},${xml}\r\n`;
}

/** A small update document. */
export function updateXml(updateId: string, revision: number, title = 'A title'): string {
  return (
    `<upd:Update xmlns:upd="http://schemas.microsoft.com/msus/2002/12/Update"><upd:UpdateIdentity ` +
    `UpdateID="${updateId}" RevisionNumber="${revision}" />` +
    `<upd:Properties UpdateType="Software" ` +
    `/><upd:LocalizedPropertiesCollection><upd:LocalizedProperties><upd:Language>en</upd:Language>\r\n<upd:Title>` +
    `${title}</upd:Title>` +
    '</upd:LocalizedProperties></upd:LocalizedPropertiesCollection></upd:Update>'
  );
}

/** package.xml around these Update elements. */
export function manifestXml(updates: string, files = '<Files />'): string {
  return (
    '\uFEFF<?xml version="1.0" encoding="utf-8"?><ExportPackage ServerID="A86CECAA-02ab-44a1-a09d-cac309aa7a3e" ' +
    'CreationTime="2026-01-02T03:04:05Z" FormatVersion="1.0" ProtocolVersion="1.20">' +
    `<Languages><Language Id="1033" ShortName="en" LongName="English" Enabled="1" ` +
    `/></Languages>${files}<Updates>${updates}</Updates></ExportPackage>`
  );
}

/** An Update element of package.xml. */
export function listed(
  updateId: string,
  revision: number,
  inside = '<Files /><Categories /><Classifications />',
): string {
  return `<Update UpdateId="${updateId}" RevisionNumber="${revision}">${inside}</Update>`;
}

/** An MSZIP cabinet with these members. */
export function cabinetOf(members: Readonly<Record<string, string>>): Buffer {
  const contents = Object.entries(members).map(([name, text]) => ({
    name: `${name}\0`,
    bytes: Buffer.from(text, 'utf8'),
  }));
  const blocks = blocksOf(Buffer.concat(contents.map((content) => content.bytes)));
  let offset = 0;
  const table = Buffer.concat(
    contents.map(({ name, bytes }) => {
      const entry = Buffer.alloc(16 + name.length);
      entry.writeUInt32LE(bytes.length, 0);
      entry.writeUInt32LE(offset, 4);
      entry.writeUInt16LE(0x21, 10);
      entry.write(name, 16, 'latin1');
      offset += bytes.length;
      return entry;
    }),
  );
  const header = headerOf(contents.length, blocks.length, table.length);
  const cabinet = Buffer.concat([header, table, ...blocks]);
  cabinet.writeUInt32LE(cabinet.length, 8);
  return cabinet;
}

/** Writes a file into a folder of its own; `remove` takes both away. */
export function temporaryFile(bytes: Uint8Array): { path: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'cms-package-'));
  const file = path.join(folder, 'export.cab');
  writeFileSync(file, bytes);
  return { path: file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function headerOf(members: number, blocks: number, tableSize: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('MSCF', 0, 'latin1');
  header.writeUInt32LE(44, 16);
  header.writeUInt16LE(0x0103, 24);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(members, 28);
  header.writeUInt32LE(44 + tableSize, 36);
  header.writeUInt16LE(blocks, 40);
  header.writeUInt16LE(1, 42);
  return header;
}

function blocksOf(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += CABINET_BLOCK_BYTES) {
    const previous = at === 0 ? undefined : bytes.subarray(at - CABINET_BLOCK_BYTES, at);
    blocks.push(cabinetBlock(bytes.subarray(at, at + CABINET_BLOCK_BYTES), previous));
  }
  return blocks;
}
