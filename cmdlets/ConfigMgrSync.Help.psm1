# Makes this folder one where Get-Help looks for about_ topics.
