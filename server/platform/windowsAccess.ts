/** Who may use a site folder on Windows, as SIDs or account names. */
export interface WindowsAccess {
  readonly creator: string;
  readonly operators: readonly string[];
}

const localSystem = '*S-1-5-18';
const administrators = '*S-1-5-32-544';

/**
 * The arguments of icacls that give a folder to SYSTEM, Administrators, its creator and the operators, and to nobody
 * else.
 */
export function icaclsArguments(folder: string, access: WindowsAccess): readonly string[] {
  const owners = [localSystem, administrators, trustee(access.creator)];
  const full = [...new Set(owners)].map((who) => `${who}:(OI)(CI)F`);
  const modify = [...new Set(access.operators.map(trustee))].map((who) => `${who}:(OI)(CI)M`);
  // By SID, because the names of the built-in accounts are translated.
  return [folder, '/inheritance:r', '/grant:r', ...full, ...modify, '/q'];
}

/** The arguments of icacls that give full control of a folder and all in it to one more account. */
export function icaclsGrantArguments(folder: string, sid: string): readonly string[] {
  return [folder, '/grant', `${trustee(sid)}:(OI)(CI)F`, '/q'];
}

/** The arguments of icacls that leave a file to its writer and administrators: others of the folder may read it. */
export function icaclsFileArguments(file: string, writer: string): readonly string[] {
  const full = [...new Set([localSystem, administrators, trustee(writer)])].map((who) => `${who}:F`);
  return [file, '/inheritance:r', '/grant:r', ...full, '/q'];
}

/** The SID in the output of `whoami /user /fo csv /nh`: "machine\\name","S-1-5-21-…". */
export function sidOfWhoami(output: string): string | undefined {
  return /"(S-1-[\d-]+)"/.exec(output)?.[1];
}

function trustee(who: string): string {
  return /^S-1-[\d-]+$/i.test(who) ? `*${who.toUpperCase()}` : who;
}
