function ConvertTo-CMSyncSubscription {
    # What New- and Set-CMAlertSubscription have in common, as parameters of the contract. The secrets of the webhook go as text to the
    # engine, which seals them.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        [string[]] $Name,

        $Caller
    )

    if ($BoundParameters.ContainsKey('WebhookUri') -and $BoundParameters.ContainsKey('SecureWebhookUri')) {
        $data = @{ reason = 'Give -WebhookUri or -SecureWebhookUri, not both' }
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
    }

    $names = $Name + @('LocaleId', 'WebhookUri', 'WebhookFormat', 'QuietHours')
    $params = ConvertTo-CMSyncParameter -BoundParameters $BoundParameters -Name $names
    if ($BoundParameters.ContainsKey('AlertId')) { $params['alertIds'] = @($BoundParameters['AlertId']) }
    $secrets = @{ WebhookSecret = 'webhookSecret'; SecureWebhookUri = 'webhookUri' }
    foreach ($key in $secrets.Keys) {
        if (-not $BoundParameters.ContainsKey($key)) { continue }
        $credential = New-Object System.Management.Automation.PSCredential -ArgumentList 'webhook', $BoundParameters[$key]
        $params[$secrets[$key]] = [string] $credential.GetNetworkCredential().Password
    }
    $params
}
