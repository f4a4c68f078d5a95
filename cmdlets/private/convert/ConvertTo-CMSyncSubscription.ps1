function ConvertTo-CMSyncSubscription {
    # What New- and Set-CMAlertSubscription have in common, as parameters of the contract. The key of the webhook goes as text to the
    # engine, which seals it.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        [string[]] $Name
    )

    $names = $Name + @('LocaleId', 'WebhookUri', 'WebhookFormat', 'QuietHours')
    $params = ConvertTo-CMSyncParameter -BoundParameters $BoundParameters -Name $names
    if ($BoundParameters.ContainsKey('AlertId')) { $params['alertIds'] = @($BoundParameters['AlertId']) }
    if ($BoundParameters.ContainsKey('WebhookSecret')) {
        $credential = New-Object System.Management.Automation.PSCredential -ArgumentList 'webhook', $BoundParameters['WebhookSecret']
        $params['webhookSecret'] = [string] $credential.GetNetworkCredential().Password
    }
    $params
}
