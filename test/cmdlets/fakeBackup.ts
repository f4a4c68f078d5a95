/** What a backup and a restore answer. The text is not ASCII on purpose. */
export const FAKE_BACKUP = {
  Path: '/backup',
  SiteCode: 'ABC',
  SiteName: 'Zürich',
  ServerName: 'srv.contoso.com',
  Version: '0.2.0',
  Format: 5,
  CreationTime: '2026-01-02T03:04:05.000Z',
  Files: 9,
  Size: 5_000_000_000,
  Documents: 4125,
  Updates: 125,
  HasSecrets: false,
  Warnings: ['Without a password this is not in it.'],
} as const;

export const FAKE_RESTORE = {
  Path: '/backup',
  SiteCode: 'ABC',
  SiteName: 'Zürich',
  InstallDir: '/sites/ABC',
  CreationTime: '2026-01-02T03:04:05.000Z',
  Files: 9,
  Size: 5_000_000_000,
  Documents: 4125,
  Updates: 125,
  Replaced: true,
  HasSecrets: false,
  WhatIf: false,
  Warnings: ['The keys are those it had before.'],
} as const;
