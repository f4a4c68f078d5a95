using System.Reflection;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.New, "Object", DefaultParameterSetName = "Net")]
public sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Net", Mandatory = true, Position = 0)]
    public string TypeName { get; set; }

    [Parameter(ParameterSetName = "Com", Mandatory = true)]
    public string ComObject { get; set; }

    [Parameter(ParameterSetName = "Net", Position = 1)]
    [Alias("Args")]
    public object[] ArgumentList { get; set; }

    [Parameter]
    public IDictionary Property { get; set; }

    protected override void BeginProcessing()
    {
        if (ComObject is not null)
        {
            Fail(new PlatformNotSupportedException("This test host has no COM."), "ComObjectPlatformIsNotSupported");
        }

        if (!LanguagePrimitives.TryConvertTo(TypeName, out Type type))
        {
            Fail(new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."), "TypeNotFound");
        }

        object created = null;
        try
        {
            // The binder's own constructor choice: [type]::new(arguments).
            created = type == typeof(PSObject) || type == typeof(PSCustomObject)
                ? new PSObject()
                : ArgumentList is null && type.IsValueType
                    ? Activator.CreateInstance(type)
                    : ScriptBlock.Create("param($type, $arguments) , $type::new.Invoke($arguments)").Invoke(type, ArgumentList ?? []).First();
        }
        catch (RuntimeException e)
        {
            Exception reason = e is MethodInvocationException { InnerException: not null } ? e.InnerException : e;
            bool noConstructor = e is MethodException and not MethodInvocationException;
            Fail(reason is TargetInvocationException { InnerException: not null } ? reason.InnerException : reason, noConstructor ? "CannotFindAppropriateCtor" : "ConstructorInvokedThrowException,Microsoft.PowerShell.Commands.NewObjectCommand");
        }

        PSObject result = PSObject.AsPSObject(created);
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            SetMember(result, entry.Key.ToString(), entry.Value);
        }

        WriteObject(result);
    }

    private void SetMember(PSObject target, string name, object value)
    {
        if (target.Properties[name] is { } existing)
        {
            existing.Value = value;
        }
        else if (target.BaseObject is PSCustomObject)
        {
            target.Properties.Add(new PSNoteProperty(name, value));
        }
        else
        {
            WriteError(new ErrorRecord(new InvalidOperationException($"The member \"{name}\" was not found for the specified .NET object."), "InvalidOperationException", ErrorCategory.InvalidOperation, null));
        }
    }

    private void Fail(Exception exception, string id) => ThrowTerminatingError(new ErrorRecord(exception, id.Split(',')[0], ErrorCategory.InvalidType, null));
}

[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = "TypeNameSet")]
public sealed class AddMemberCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "MemberSet")]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; }

    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "MemberSet")]
    public string Name { get; set; }

    [Parameter(Position = 2, ParameterSetName = "MemberSet")]
    public object Value { get; set; }

    [Parameter(Position = 3, ParameterSetName = "MemberSet")]
    public object SecondValue { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "NotePropertySingleMemberSet")]
    public string NotePropertyName { get; set; }

    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "NotePropertySingleMemberSet")]
    [AllowNull]
    public object NotePropertyValue { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "NotePropertyMultiMemberSet")]
    [ValidateNotNullOrEmpty]
    public IDictionary NotePropertyMembers { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "TypeNameSet")]
    [Parameter(ParameterSetName = "MemberSet")]
    [Parameter(ParameterSetName = "NotePropertySingleMemberSet")]
    [Parameter(ParameterSetName = "NotePropertyMultiMemberSet")]
    [ValidateNotNullOrEmpty]
    public string TypeName { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        IEnumerable<PSMemberInfo> members = ParameterSetName switch
        {
            "MemberSet" => [Create()],
            "NotePropertySingleMemberSet" => [new PSNoteProperty(NotePropertyName, NotePropertyValue)],
            "NotePropertyMultiMemberSet" => NotePropertyMembers.Cast<DictionaryEntry>().Select(e => new PSNoteProperty(e.Key.ToString(), e.Value)),
            _ => [],
        };
        foreach (PSMemberInfo member in members)
        {
            Add(member);
        }

        if (TypeName is not null)
        {
            InputObject.TypeNames.Insert(0, LanguagePrimitives.TryConvertTo(TypeName, out Type type) ? type.FullName : TypeName);
        }

        if (PassThru)
        {
            WriteObject(InputObject);
        }
    }

    private void Add(PSMemberInfo member)
    {
        PSMemberInfo existing = InputObject.Members[member.Name];
        if (existing is not null && !Force)
        {
            WriteError(new ErrorRecord(
                new InvalidOperationException($"Cannot add a member with the name \"{member.Name}\" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command."),
                "MemberAlreadyExists", ErrorCategory.InvalidOperation, InputObject));
            return;
        }

        if (existing is { IsInstance: true })
        {
            InputObject.Members.Remove(member.Name);
        }

        InputObject.Members.Add(member);
    }

    private PSMemberInfo Create() => MemberType switch
    {
        PSMemberTypes.NoteProperty => new PSNoteProperty(Name, Value),
        PSMemberTypes.ScriptMethod => new PSScriptMethod(Name, Block(Value)),
        PSMemberTypes.ScriptProperty when SecondValue is not null => new PSScriptProperty(Name, Block(Value), Block(SecondValue)),
        PSMemberTypes.ScriptProperty => new PSScriptProperty(Name, Block(Value)),
        PSMemberTypes.AliasProperty when SecondValue is not null => new PSAliasProperty(Name, Value.ToString(), LanguagePrimitives.ConvertTo<Type>(SecondValue)),
        PSMemberTypes.AliasProperty => new PSAliasProperty(Name, Value.ToString()),
        PSMemberTypes.PropertySet => new PSPropertySet(Name, LanguagePrimitives.ConvertTo<string[]>(Value)),
        PSMemberTypes.MemberSet => new PSMemberSet(Name, LanguagePrimitives.ConvertTo<PSMemberInfo[]>(Value)),
        _ => throw new PSNotSupportedException($"This test host adds no member of the kind {MemberType}."),
    };

    private static ScriptBlock Block(object value) => LanguagePrimitives.ConvertTo<ScriptBlock>(value);
}

[Cmdlet(VerbsCommon.Add, "Type", DefaultParameterSetName = "FromSource")]
public sealed class AddTypeCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ParameterSetName = "FromAssemblyName")]
    [Alias("AN")]
    public string[] AssemblyName { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "FromPath", Position = 0)]
    public string[] Path { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "FromSource", Position = 0)]
    public string TypeDefinition { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void EndProcessing()
    {
        if (TypeDefinition is not null)
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSNotSupportedException("This test host compiles no C# source; Add-Type takes -AssemblyName or -Path here."), "SourceNotSupportedByTestHost", ErrorCategory.NotImplemented, null));
        }

        foreach (string name in AssemblyName ?? Path)
        {
            try
            {
                Assembly loaded = AssemblyName is null ? Assembly.LoadFrom(SessionState.Path.GetUnresolvedProviderPathFromPSPath(name)) : Assembly.Load(name);
                if (PassThru)
                {
                    WriteObject(loaded.GetTypes(), true);
                }
            }
            catch (Exception e) when (e is IOException or BadImageFormatException)
            {
                ThrowTerminatingError(new ErrorRecord(e, "ASSEMBLY_LOAD_ERROR", ErrorCategory.InvalidData, name));
            }
        }
    }
}
