/**
 * What PowerShell checks the signature of (about_Signing), and its provider. The engine's files, role capabilities, the
 * session configuration and everything else are covered by the catalogue, which is signed too.
 */
const signed = /\.(ps1|psm1|psd1|ps1xml|dll)$/i;

/**
 * The lines of a PowerShell script that signs a package: pure text, run by signPackage on Windows. `files` are
 * relative, with slashes.
 * The catalogue is made beside the folder, because one that lies in it would be about itself.
 */
export function signSteps({ folder, files, thumbprint, timestampServer }) {
  const sign =
    `Set-AuthenticodeSignature -Certificate $certificate -HashAlgorithm SHA256 -IncludeChain ` +
    `NotRoot${timestampServer === undefined ? '' : ` -TimestampServer ${quoted(timestampServer)}`}`;
  return [
    "$ErrorActionPreference = 'Stop'",
    `$certificate = Get-ChildItem -Path Cert:\\CurrentUser\\My, Cert:\\LocalMachine\\My -CodeSigningCert | ` +
      `Where-Object { $_.Thumbprint -eq ${quoted(thumbprint)} } | Select-Object -First 1`,
    `if ($null -eq $certificate) { ` +
      `throw ${quoted(
        `No certificate for code signing with the thumbprint ${thumbprint} is in CurrentUser or ` + `LocalMachine.`,
      )} }`,
    "function Confirm-Signature { process { if ($_.Status -ne 'Valid') { throw \"$($_.Path): " +
      '$($_.StatusMessage)" } } }',
    `$folder = ${quoted(folder)}`,
    '$catalogue = "$folder.cat"',
    ...files
      .filter((file) => signed.test(file))
      .map((file) => `${sign} -LiteralPath (Join-Path -Path $folder -ChildPath ${quoted(file)}) | Confirm-Signature`),
    'New-FileCatalog -Path $folder -CatalogFilePath $catalogue -CatalogVersion 2.0 | Out-Null',
    `${sign} -LiteralPath $catalogue | Confirm-Signature`,
    "Move-Item -LiteralPath $catalogue -Destination (Join-Path -Path $folder -ChildPath 'ConfigMgrSync.cat') -Force",
    'if ((Test-FileCatalog -Path $folder -CatalogFilePath (Join-Path -Path $folder -ChildPath ' +
      "'ConfigMgrSync.cat') -FilesToSkip 'ConfigMgrSync.cat') -ne 'Valid') { throw 'The catalogue does not fit " +
      "the folder.' }",
  ];
}

function quoted(text) {
  return `'${text.replaceAll("'", "''")}'`;
}
