using System.Net;
using System.Security;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.ConvertTo, "SecureString", DefaultParameterSetName = "Secure")]
public sealed class ConvertToSecureStringCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string String { get; set; }

    [Parameter(Position = 1, ParameterSetName = "PlainText")]
    public SwitchParameter AsPlainText { get; set; }

    [Parameter(Position = 2, ParameterSetName = "PlainText")]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (!AsPlainText)
        {
            ThrowTerminatingError(new ErrorRecord(new PSNotSupportedException("This test host reads no encrypted text; use -AsPlainText."), "EncryptedTextNotSupportedByTestHost", ErrorCategory.NotImplemented, null));
        }

        SecureString secret = new NetworkCredential("", String).SecurePassword;
        secret.MakeReadOnly();
        WriteObject(secret);
    }
}

[Cmdlet(VerbsData.ConvertFrom, "SecureString")]
public sealed class ConvertFromSecureStringCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public SecureString SecureString { get; set; }

    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    protected override void ProcessRecord()
    {
        if (!AsPlainText)
        {
            ThrowTerminatingError(new ErrorRecord(new PSNotSupportedException("This test host writes no encrypted text; use -AsPlainText."), "EncryptedTextNotSupportedByTestHost", ErrorCategory.NotImplemented, null));
        }

        WriteObject(new NetworkCredential("", SecureString).Password);
    }
}

[Cmdlet(VerbsCommon.Get, "ExecutionPolicy")]
public sealed class GetExecutionPolicyCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject("Unrestricted");
}

[Cmdlet(VerbsCommon.Set, "ExecutionPolicy", SupportsShouldProcess = true)]
public sealed class SetExecutionPolicyCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public string ExecutionPolicy { get; set; }

    [Parameter(Position = 1)]
    public string Scope { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => ThrowTerminatingError(new ErrorRecord(
        new PlatformNotSupportedException("Operation is not supported on this platform."), "PlatformNotSupported", ErrorCategory.NotImplemented, null));
}
