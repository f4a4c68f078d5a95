import type { FolderFiles } from '../platform/files/folderFiles.js';
import { CabinetArchive } from '../cabinet/CabinetArchive.js';
import { cabinetMemberNames, TABLE_BYTES } from './cabinetTable.js';

/** Catalogues of vendors have some megabytes. */
const MAX_CATALOGUE_BYTES = 128 * 1024 * 1024;

const THIRD_PARTY = 'a third-party update catalogue of a vendor (SystemsManagementCatalog)';
const OFFLINE_SCAN = "the list of Microsoft's offline scan (wsusscn2.cab), which has no texts and no categories";
const UPDATE = 'the file of a single update';

/** What a file is that is not an export, where it is one of those that people take for it; undefined for any other. */
export async function foreignPackage(
  files: Pick<FolderFiles, 'openHandle'>,
  path: string,
): Promise<string | undefined> {
  const file = await files.openHandle(path, 'r');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, TABLE_BYTES));
    await file.read(head, 0, head.length, 0);
    if (isVendorText(head)) return THIRD_PARTY;
    const names = cabinetMemberNames(head).map((name) => name.toLowerCase());
    if (names.includes('index.xml') && names.some((name) => /^package\d*\.cab$/.test(name))) return OFFLINE_SCAN;
    if (names.some((name) => /(^|\\)update\.mum$|\.msu$|\.psf$/.test(name))) return UPDATE;
    if (!names.some((name) => name.endsWith('.xml')) || size > MAX_CATALOGUE_BYTES) return undefined;
    const whole = Buffer.alloc(size);
    await file.read(whole, 0, size, 0);
    return await kindOfTexts(whole);
  } finally {
    await file.close();
  }
}

async function kindOfTexts(cabinet: Buffer): Promise<string | undefined> {
  const archive = await CabinetArchive.create();
  try {
    archive.open(cabinet);
    for (let member = archive.next(); member !== undefined; member = archive.next()) {
      if (!member.name.toLowerCase().endsWith('.xml')) continue;
      const text = archive.read();
      if (isVendorText(text)) return THIRD_PARTY;
      if (text.subarray(0, 4096).includes('<OfflineSyncPackage')) return OFFLINE_SCAN;
    }
    return undefined;
  } finally {
    archive.close();
  }
}

/** In UTF-8 or UTF-16. */
function isVendorText(bytes: Buffer): boolean {
  const text = bytes.toString('latin1', 0, 8192).replaceAll('\0', '');
  return /<(?:[\w.-]+:)?SystemsManagementCatalog[\s>]/.test(text);
}
