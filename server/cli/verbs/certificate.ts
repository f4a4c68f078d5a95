import path from 'node:path';
import { clientOf } from '../CommandContext.js';
import { type CommandContext, EXIT_CODES, printJson } from '../CommandContext.js';
import { dateText } from '../table.js';
import type { CertificateArgs } from '../parser/transferOptions.js';
import { writeNewFile } from '../writeNewFile.js';

/** `certificate`: the certificate of the authority of the site, into a file or on stdout. */
export async function certificate(args: CertificateArgs, context: CommandContext): Promise<number> {
  const found = await (await clientOf(args, context)).request('site/certificate', {});
  if (args.path !== undefined) {
    const file = path.resolve(args.path);
    await writeNewFile(file, { text: found.Certificate, replaces: args.force === true });
    context.tell(
      `${file}: ${found.Subject}, thumbprint ${found.Thumbprint}, valid until ${dateText(found.NotAfter).slice(0, 10)}`,
    );
  }
  if (context.json) printJson(context, found);
  else if (args.path === undefined) context.print(found.Certificate.trimEnd());
  return EXIT_CODES.done;
}
