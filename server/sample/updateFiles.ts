import type { SourceFileUrl } from '../wire/getUpdateData.js';
import type { Random } from './Random.js';
import type { UpdatePlan } from './UpdatePlanner.js';

/** The Files element of a document and the addresses of these files. */
interface PlannedFiles {
  readonly xml: string;
  readonly fileUrls: readonly SourceFileUrl[];
  /** Sum of the sizes. */
  readonly bytes: number;
}

const MOST_FILES = 3;
const LARGEST = 700 * 1024 * 1024;

/** Invents the files of an update; a bundle has none of its own. */
export function planFiles(plan: UpdatePlan, random: Random): PlannedFiles {
  if (plan.role === 'bundle') return { xml: '', fileUrls: [], bytes: 0 };
  const files = Array.from({ length: 1 + random.below(MOST_FILES) }, (_, index) => fileOf(plan, random, index));
  return {
    xml: `<upd:Files>${files.map((file) => file.xml).join('')}</upd:Files>`,
    fileUrls: files.map((file) => file.url),
    bytes: files.reduce((sum, file) => sum + file.size, 0),
  };
}

function fileOf(plan: UpdatePlan, random: Random, index: number): { xml: string; url: SourceFileUrl; size: number } {
  const sha1 = random.bytes(20);
  const digest = sha1.toString('base64');
  const size = 40_000 + random.below(LARGEST);
  const extension = index === 0 ? 'cab' : 'psf';
  const name =
    `${plan.issue.line.file}-kb${plan.issue.kb}-` +
    `${plan.arch.toLowerCase()}${index < 2 ? '' : `-${index}`}.${extension}`;
  const modified = new Date(plan.issue.date - 86_400_000).toISOString();
  return {
    size,
    xml:
      `<upd:File Digest="${digest}" DigestAlgorithm="SHA1" FileName="${name}" Size="${size}" ` +
      `Modified="${modified}" PatchingType="${index === 0 ? 'SelfContained' : 'Express'}">` +
      `<upd:AdditionalDigest ` +
      `Algorithm="SHA256">${random.bytes(32).toString('base64')}</upd:AdditionalDigest></upd:File>`,
    url: { digest, muUrl: addressOf(plan, name, sha1.toString('hex')), ussUrl: '' },
  };
}

function addressOf(plan: UpdatePlan, name: string, hex: string): string {
  const day = new Date(plan.issue.date);
  const folder = plan.issue.severity === '' ? 'updt' : 'secu';
  const month = String(day.getUTCMonth() + 1).padStart(2, '0');
  const unique = name.replace(/(\.\w+)$/, `_${hex}$1`);
  return (
    `http://download.windowsupdate.com/d/msdownload/update/software/${folder}/${day.getUTCFullYear()}/` +
    `${month}/${unique}`
  );
}

/** The licence terms of a sample update, as the bytes of their file. */
export function licenceTerms(eulaId: string): Uint8Array {
  return Buffer.from(
    `SAMPLE LICENCE TERMS ${eulaId}\r\n\r\nThese terms belong to an update that does not exist. You may do with ` +
      `it whatever you like.\r\n`,
    'utf8',
  );
}
