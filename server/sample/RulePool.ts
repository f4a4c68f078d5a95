import type { Random } from './Random.js';

const POOL_SIZE = 256;
/**
 * Rules of one catalogue speak of few builds: so its documents compress about as well as real ones (5 times, with a
 * dictionary 10).
 */
const VERSION_COUNT = 16;
const COMPONENTS = [
  'RollupFix',
  'ServicingStack',
  'Foundation',
  'NetFx4-Client',
  'Media-Format',
  'Hyper-V-Core',
  'Print-Spooler',
  'Shell-Setup',
] as const;
const FILES = [
  'ntoskrnl.exe',
  'win32kfull.sys',
  'tcpip.sys',
  'mshtml.dll',
  'wininet.dll',
  'lsasrv.dll',
  'spoolsv.exe',
  'kerberos.dll',
] as const;

/** Prepared applicability rules: building a document means joining some of them, and no two documents join the same. */
export class RulePool {
  readonly #random: Random;
  readonly #rules: readonly string[];

  constructor(random: Random) {
    this.#random = random;
    const versions = Array.from({ length: VERSION_COUNT }, () => versionOf(random));
    this.#rules = Array.from({ length: POOL_SIZE }, (_, index) =>
      ruleOf(index, versions[random.below(VERSION_COUNT)] ?? '', random),
    );
  }

  /** About so many characters of rules, at least one. */
  take(chars: number): string {
    const parts: string[] = [];
    let length = 0;
    let at = this.#random.below(POOL_SIZE);
    do {
      const rule = this.#rules[at++ % POOL_SIZE] ?? '';
      parts.push(rule);
      length += rule.length;
    } while (length < chars);
    return parts.join('');
  }
}

function versionOf(random: Random): string {
  return `10.0.${10_240 + random.below(16_000)}.${random.below(9000)}`;
}

function ruleOf(index: number, version: string, random: Random): string {
  switch (index % 5) {
    case 0:
      return (
        `<cbsar:CbsPackageInstalledByIdentity ` +
        `PackageIdentity="Package_for_${random.pick(COMPONENTS)}~31bf3856ad364e35~amd64~~${version}" />`
      );
    case 1:
      return (
        `<bar:FileVersion Csidl="37" Path="${random.pick(FILES)}" Comparison="GreaterThanOrEqualTo" ` +
        `Version="${version}" />`
      );
    case 2:
      return (
        `<lar:Not><bar:RegKeyExists Key="HKEY_LOCAL_MACHINE" ` +
        `Subkey="SOFTWARE\\Microsoft\\Updates\\KB${5_000_000 + random.below(60_000)}" /></lar:Not>`
      );
    case 3:
      return `<lar:Or>${registryRule(random, version)}${registryRule(random, version)}</lar:Or>`;
    default:
      return (
        `<bar:RegKeyExists Key="HKEY_CLASSES_ROOT" ` +
        `Subkey="CLSID\\{90140000-00${random.bytes(1).toString('hex')}-0409-1000-0000000FF1CE}" RegType32="true" />`
      );
  }
}

function registryRule(random: Random, version: string): string {
  const key =
    `SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Component Based ` +
    `Servicing\\Version\\${random.pick(COMPONENTS)}`;
  return (
    `<bar:RegSz Key="HKEY_LOCAL_MACHINE" Subkey="${key}" Value="Version" Comparison="EqualTo" ` + `Data="${version}" />`
  );
}
