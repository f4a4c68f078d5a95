namespace Microsoft.PowerShell.Commands;

public class MemberDefinition(string typeName, string name, PSMemberTypes memberType, string definition)
{
    public string TypeName { get; } = typeName;

    public string Name { get; } = name;

    public PSMemberTypes MemberType { get; } = memberType;

    public string Definition { get; } = definition;

    public override string ToString() => Definition;
}

[Cmdlet(VerbsCommon.Get, "Member")]
public sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> seen = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    [Parameter]
    public PSMemberViewTypes View { get; set; } = PSMemberViewTypes.Adapted | PSMemberViewTypes.Extended;

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        string typeName = InputObject?.TypeNames.FirstOrDefault();
        if (typeName is null || !seen.Add(typeName))
        {
            return;
        }

        WildcardPattern[] names = [.. Name.Select(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase))];
        IEnumerable<PSMemberInfo> chosen = InputObject.Members.Match("*", MemberType)
            .Where(m => names.Any(n => n.IsMatch(m.Name)))
            .Where(m => Force || m is not PSMethod || !(m.Name.StartsWith("get_", StringComparison.Ordinal) || m.Name.StartsWith("set_", StringComparison.Ordinal) || m.Name.StartsWith('.')))
            .OrderBy(m => m.MemberType is PSMemberTypes.Method or PSMemberTypes.ScriptMethod or PSMemberTypes.CodeMethod ? 0 : 1)
            .ThenBy(m => m.Name, StringComparer.CurrentCultureIgnoreCase);
        foreach (PSMemberInfo member in chosen)
        {
            WriteObject(new MemberDefinition(typeName, member.Name, member.MemberType, member.ToString()));
        }
    }

    protected override void EndProcessing()
    {
        if (seen.Count == 0)
        {
            WriteError(new ErrorRecord(new InvalidOperationException("You must specify an object for the Get-Member cmdlet."), "NoObjectInGetMember", ErrorCategory.CloseError, null));
        }
    }
}
