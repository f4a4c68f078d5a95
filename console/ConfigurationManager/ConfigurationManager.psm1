# Imports ConfigMgrSync for the whole session, as if the script had named it: its commands and its drives are those.
$root = $PSScriptRoot -replace '[\\/][^\\/]+[\\/][^\\/]+$', ''
Import-Module -Name "$root/ConfigMgrSync.psd1" -Global -ErrorAction Stop
# Scripts find this manifest from there: "$env:SMS_ADMIN_UI_PATH\..\ConfigurationManager.psd1". One that is set stays.
if (-not $env:SMS_ADMIN_UI_PATH) { $env:SMS_ADMIN_UI_PATH = "$PSScriptRoot$([System.IO.Path]::DirectorySeparatorChar)i386" }
