import type { KeyedCertificate } from '../../server/downstream/port/TlsDoor.js';
import { certificateNames } from '../../server/link/certificates/certificateFacts.js';
import { createAuthority, createLeaf } from '../../server/link/certificates/issue.js';

let made: Promise<{ readonly authority: KeyedCertificate; readonly leaf: KeyedCertificate }> | undefined;

/** An authority and a certificate of it for this machine, made once for all tests of a process. */
export async function testCertificates(): Promise<{
  readonly authority: KeyedCertificate;
  readonly leaf: KeyedCertificate;
}> {
  made ??= make();
  return made;
}

/** The certificate of a port. */
export async function siteCertificate(): Promise<KeyedCertificate> {
  return (await testCertificates()).leaf;
}

async function make(): Promise<{ authority: KeyedCertificate; leaf: KeyedCertificate }> {
  const authority = await createAuthority(
    { siteCode: 'CS1', siteGuid: '00000000-0000-0000-0000-000000000001' },
    new Date(),
  );
  return { authority, leaf: await createLeaf(authority, certificateNames('cs1.test', []), new Date()) };
}
