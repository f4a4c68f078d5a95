/**
 * A revision of an update: GUID in lower case with hyphens, and the revision number (MS-WSUSSS 2.2.4, UpdateIdentity).
 */
export interface UpdateIdentity {
  readonly updateId: string;
  readonly revisionNumber: number;
}

/** The form used as a map key and in messages: `guid.revision`. */
export function identityKey(identity: UpdateIdentity): string {
  return `${identity.updateId}.${identity.revisionNumber}`;
}
