import path from 'node:path';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { plainFiles } from '../../platform/files/folderFiles.js';
import { replaceFile } from '../../platform/replaceFile.js';
import { clientOf } from '../CommandContext.js';
import { type CommandContext, EXIT_CODES, printJson } from '../CommandContext.js';
import { dateText } from '../table.js';
import type { CertificateArgs } from '../transferOptions.js';

/** `certificate`: the certificate of the authority of the site, into a file or on stdout. */
export async function certificate(args: CertificateArgs, context: CommandContext): Promise<number> {
  const found = await (await clientOf(args, context)).request('site/certificate', {});
  if (args.path !== undefined) {
    const file = path.resolve(args.path);
    await write(file, { text: found.Certificate, replaces: args.force === true });
    context.tell(
      `${file}: ${found.Subject}, thumbprint ${found.Thumbprint}, valid until ${dateText(found.NotAfter).slice(0, 10)}`,
    );
  }
  if (context.json) printJson(context, found);
  else if (args.path === undefined) context.print(found.Certificate.trimEnd());
  return EXIT_CODES.done;
}

/** Whoever reads it meanwhile has the file before or this one, never half of it. */
async function write(file: string, { text, replaces }: { text: string; replaces: boolean }): Promise<void> {
  if (!replaces && plainFiles.existsSync(file)) throw new SyncError('PackageExists', { path: file });
  try {
    await replaceFile(file, text, { files: plainFiles, mode: 0o644 });
  } catch (caught) {
    throw new SyncError('PackageWriteFailed', { path: file, reason: reasonOf(caught) }, { cause: caught });
  }
}
