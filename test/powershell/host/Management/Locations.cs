namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Location")]
public sealed class GetLocationCommand : PSCmdlet
{
    [Parameter]
    public string[] PSProvider { get; set; }

    [Parameter]
    public string[] PSDrive { get; set; }

    [Parameter]
    public SwitchParameter Stack { get; set; }

    [Parameter]
    public string StackName { get; set; }

    protected override void ProcessRecord()
    {
        if (Stack)
        {
            WriteObject(SessionState.Path.LocationStack(StackName));
        }
        else if (PSProvider is not null)
        {
            WriteObject(PSProvider.Select(SessionState.Path.CurrentProviderLocation), true);
        }
        else
        {
            WriteObject(PSDrive is null ? SessionState.Path.CurrentLocation : SessionState.Path.CurrentProviderLocation(SessionState.Drive.Get(PSDrive[0]).Provider.Name));
        }
    }
}

public abstract class ChangeLocationBase : ProviderCommand
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public string Path { get; set; }

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    internal void Change()
    {
        string path = LiteralPath is null ? Path ?? "~" : WildcardPattern.Escape(LiteralPath);
        Try(path, () =>
        {
            PathInfo now = SessionState.Path.SetLocation(path);
            if (PassThru)
            {
                WriteObject(now);
            }
        });
    }
}

[Cmdlet(VerbsCommon.Set, "Location", DefaultParameterSetName = "Path")]
public sealed class SetLocationCommand : ChangeLocationBase
{
    protected override void ProcessRecord() => Change();
}

[Cmdlet(VerbsCommon.Push, "Location", DefaultParameterSetName = "Path")]
public sealed class PushLocationCommand : ChangeLocationBase
{
    [Parameter]
    public string StackName { get; set; }

    protected override void ProcessRecord()
    {
        SessionState.Path.PushCurrentLocation(StackName);
        if ((LiteralPath ?? Path) is not null)
        {
            Change();
        }
    }
}

[Cmdlet(VerbsCommon.Pop, "Location")]
public sealed class PopLocationCommand : PSCmdlet
{
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public string StackName { get; set; }

    protected override void ProcessRecord()
    {
        PathInfo now = SessionState.Path.PopLocation(StackName);
        if (PassThru)
        {
            WriteObject(now);
        }
    }
}

[Cmdlet(VerbsCommon.Get, "PSDrive")]
public sealed class GetPSDriveCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    public string[] PSProvider { get; set; }

    [Parameter]
    public string Scope { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            PSDriveInfo[] found = [.. SessionState.Drive.GetAll().Where(d => pattern.IsMatch(d.Name) && (PSProvider is null || PSProvider.Contains(d.Provider.Name, StringComparer.OrdinalIgnoreCase))).OrderBy(d => d.Name)];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(new ErrorRecord(new ItemNotFoundException($"Cannot find drive. A drive with the name '{name}' does not exist."), "GetLocationNoMatchingDrive", ErrorCategory.ObjectNotFound, name));
            }

            WriteObject(found, true);
        }
    }
}

[Cmdlet(VerbsCommon.New, "PSDrive", SupportsShouldProcess = true)]
public sealed class NewPSDriveCommand : ProviderCommand
{
    [Parameter(Position = 0, Mandatory = true)]
    public string Name { get; set; }

    [Parameter(Position = 1, Mandatory = true)]
    public string PSProvider { get; set; }

    [Parameter(Position = 2, Mandatory = true)]
    [AllowEmptyString]
    public string Root { get; set; }

    [Parameter]
    public string Description { get; set; } = "";

    [Parameter]
    public string Scope { get; set; }

    [Parameter]
    [Credential]
    public PSCredential Credential { get; set; }

    [Parameter]
    public SwitchParameter Persist { get; set; }

    protected override void ProcessRecord() => Try(Name, () => WriteObject(
        SessionState.Drive.New(new PSDriveInfo(Name, SessionState.Provider.GetOne(PSProvider), FilePathOf(Root), Description, Credential), Scope)));

    private string FilePathOf(string root) => PSProvider.Equals("FileSystem", StringComparison.OrdinalIgnoreCase) ? FilePath(root) : root;
}

[Cmdlet(VerbsCommon.Remove, "PSDrive", SupportsShouldProcess = true)]
public sealed class RemovePSDriveCommand : ProviderCommand
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; }

    [Parameter]
    public string Scope { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Try(name, () => SessionState.Drive.Remove(name, Force, Scope));
        }
    }
}

[Cmdlet(VerbsCommon.Get, "PSProvider")]
public sealed class GetPSProviderCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public string[] PSProvider { get; set; } = ["*"];

    protected override void ProcessRecord() => WriteObject(
        SessionState.Provider.GetAll().Where(p => PSProvider.Any(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase).IsMatch(p.Name))), true);
}
