import {
  type SourceFileUrl,
  updateDataFrame,
  type UpdateToWrite,
  writeFileUrls,
  writeUpdate,
} from '../../server/wire/getUpdateData.js';
import { escapeBytes } from '../../server/xml/escaping.js';
import { type RevisionList, revisionListFrame, writeListedRevisions } from '../../server/wire/getRevisionIdList.js';
import { deploymentsFrame, writeHiddenUpdates } from '../../server/wire/getDeployments.js';
import type { DeploymentResult } from '../../server/wire/getDeployments.js';
import type { SoapVersion } from '../../server/wire/operations.js';

/** The answer to GetRevisionIdList as it is when it has been sent in pages of 2,000. */
export function revisionList({ anchor, revisions }: RevisionList, soap: SoapVersion): Buffer {
  const { head, tail } = revisionListFrame(anchor, soap);
  const pages: Buffer[] = [];
  for (let at = 0; at < revisions.length; at += 2000) pages.push(writeListedRevisions(revisions.slice(at, at + 2000)));
  return Buffer.concat([head, ...pages, tail]);
}

/** The answer to GetDeployments as it is when it has been sent. */
export function deploymentResult({ hiddenUpdates, ...result }: DeploymentResult, soap: SoapVersion): Buffer {
  const { head, tail } = deploymentsFrame(result, soap);
  return Buffer.concat([head, writeHiddenUpdates(hiddenUpdates), tail]);
}

/** The answer to GetUpdateData as it is when it has been sent. */
export function updateData(
  { updates, fileUrls }: { readonly updates: readonly UpdateToWrite[]; readonly fileUrls: readonly SourceFileUrl[] },
  soap: SoapVersion,
): Buffer {
  const { head, tail } = updateDataFrame(soap);
  const pieces = updates.flatMap((update) => [...writeUpdate(update)]);
  const bytes = pieces.map((piece) => ('text' in piece ? escapeBytes(piece.text) : piece));
  return Buffer.concat([head, ...bytes, writeFileUrls(fileUrls), tail]);
}
