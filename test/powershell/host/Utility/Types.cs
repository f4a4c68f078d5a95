using System.Management.Automation.Runspaces;
using ConfigMgrSync.PowerShellHost;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.Update, "TypeData", SupportsShouldProcess = true, DefaultParameterSetName = "FileSet")]
public sealed class UpdateTypeDataCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "FileSet")]
    [Alias("PSPath", "Path")]
    public string[] AppendPath { get; set; } = [];

    [Parameter(ParameterSetName = "FileSet")]
    public string[] PrependPath { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "DynamicTypeSet", Position = 0)]
    public string TypeName { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public PSMemberTypes MemberType { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public string MemberName { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public object Value { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public object SecondValue { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public string DefaultDisplayProperty { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public string[] DefaultDisplayPropertySet { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public string[] DefaultKeyPropertySet { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public int SerializationDepth { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public SwitchParameter Force { get; set; }

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "TypeDataSet")]
    public TypeData[] TypeData { get; set; }

    protected override void ProcessRecord()
    {
        TypeTable types = TypeCommands.Table(this);
        foreach (TypeData data in TypeData ?? (TypeName is null ? [] : [FromParameters()]))
        {
            Engine.Call(types, "AddType", data);
        }

        if (AppendPath.Length + PrependPath.Length > 0)
        {
            TypeCommands.Refresh(this, "Types", "UpdateTypes", PrependPath, AppendPath, path => new SessionStateTypeEntry(path));
        }
    }

    private TypeData FromParameters()
    {
        if (MemberName is not null && !Force && TypeCommands.Of(this, TypeName)?.Members.ContainsKey(MemberName) == true)
        {
            ThrowTerminatingError(new ErrorRecord(new RuntimeException($"Error in TypeData \"{TypeName}\": The member {MemberName} is already present."), "TypesDynamicUpdateException", ErrorCategory.InvalidOperation, null));
        }

        var data = new TypeData(TypeName) { DefaultDisplayProperty = DefaultDisplayProperty };
        data.DefaultDisplayPropertySet = DefaultDisplayPropertySet is null ? null : new PropertySetData(DefaultDisplayPropertySet);
        data.DefaultKeyPropertySet = DefaultKeyPropertySet is null ? null : new PropertySetData(DefaultKeyPropertySet);
        if (SerializationDepth > 0)
        {
            data.SerializationDepth = (uint)SerializationDepth;
        }

        Engine.Set(data, "IsOverride", Force.ToBool());
        if (MemberName is not null)
        {
            data.Members.Add(MemberName, Member());
        }

        return data;
    }

    private TypeMemberData Member() => MemberType switch
    {
        PSMemberTypes.NoteProperty => new NotePropertyData(MemberName, Value),
        PSMemberTypes.AliasProperty => new AliasPropertyData(MemberName, Value.ToString()),
        PSMemberTypes.ScriptProperty => new ScriptPropertyData(MemberName, Block(Value), SecondValue is null ? null : Block(SecondValue)),
        PSMemberTypes.ScriptMethod => new ScriptMethodData(MemberName, Block(Value)),
        _ => throw new PSNotSupportedException($"This test host adds no member of the kind {MemberType} to a type."),
    };

    private static ScriptBlock Block(object value) => LanguagePrimitives.ConvertTo<ScriptBlock>(value);
}

[Cmdlet(VerbsData.Update, "FormatData", SupportsShouldProcess = true)]
public sealed class UpdateFormatDataCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("PSPath", "Path")]
    public string[] AppendPath { get; set; } = [];

    [Parameter]
    public string[] PrependPath { get; set; } = [];

    protected override void ProcessRecord() =>
        TypeCommands.Refresh(this, "Formats", "UpdateFormats", PrependPath, AppendPath, path => new SessionStateFormatEntry(path));
}

[Cmdlet(VerbsCommon.Get, "TypeData")]
public sealed class GetTypeDataCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string[] TypeName { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        foreach (string name in TypeName)
        {
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            WriteObject(TypeCommands.All(this).Where(t => pattern.IsMatch(t.TypeName)), true);
        }
    }
}

[Cmdlet(VerbsCommon.Remove, "TypeData", SupportsShouldProcess = true)]
public sealed class RemoveTypeDataCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; }

    protected override void ProcessRecord()
    {
        if (TypeCommands.Of(this, TypeName) is { } data && ShouldProcess(TypeName))
        {
            TypeCommands.Table(this).RemoveType(data.TypeName);
        }
    }
}

internal static class TypeCommands
{
    internal static TypeTable Table(PSCmdlet cmdlet) => (TypeTable)Engine.Get(Engine.Context(cmdlet), "TypeTable");

    internal static IEnumerable<TypeData> All(PSCmdlet cmdlet) => ((IDictionary)Engine.Call(Table(cmdlet), "GetAllTypeData")).Values.Cast<TypeData>();

    internal static TypeData Of(PSCmdlet cmdlet, string name) => All(cmdlet).FirstOrDefault(t => string.Equals(t.TypeName, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds files to the session's table of type or format files and has the engine read it again.</summary>
    internal static void Refresh<T>(PSCmdlet cmdlet, string table, string update, string[] prepend, string[] append, Func<string, T> entry)
        where T : InitialSessionStateEntry
    {
        object context = Engine.Context(cmdlet);
        object state = Engine.Get(context, "InitialSessionState");
        var entries = (InitialSessionStateEntryCollection<T>)Engine.Get(state, table);
        T[] Resolve(string[] paths) => [.. paths.SelectMany(p => cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(p, out _)).Select(entry)];
        T[] before = [.. Resolve(prepend), .. entries, .. Resolve(append)];
        entries.Clear();
        entries.Add(before);
        Engine.Call(state, update, context, false);
    }
}
