using ConfigMgrSync.PowerShellHost;

namespace Microsoft.PowerShell.Commands;

/// <summary>Variables of the caller's session state, by scope where one is named.</summary>
public abstract class VariableCommandBase : PSCmdlet
{
    [Parameter]
    public string Scope { get; set; }

    internal IEnumerable<PSVariable> Matching(string[] names, bool reportMissing)
    {
        object state = Engine.SessionState(this);
        foreach (string name in names)
        {
            var table = (IDictionary<string, PSVariable>)(Scope is null ? Engine.Call(state, "GetVariableTable") : Engine.Call(state, "GetVariableTableAtScope", Scope));
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            bool wildcard = WildcardPattern.ContainsWildcardCharacters(name);
            PSVariable exact = wildcard ? null : Scope is null ? SessionState.PSVariable.Get(name) : (PSVariable)Engine.Call(state, "GetVariableAtScope", name, Scope);
            PSVariable[] found = wildcard ? [.. table.Values.Where(v => pattern.IsMatch(v.Name)).OrderBy(v => v.Name, StringComparer.CurrentCultureIgnoreCase)] : exact is null ? [] : [exact];
            if (found.Length == 0 && !wildcard && reportMissing)
            {
                WriteError(new ErrorRecord(new ItemNotFoundException($"Cannot find a variable with the name '{name}'."), "VariableNotFound", ErrorCategory.ObjectNotFound, name));
            }

            foreach (PSVariable variable in found)
            {
                yield return variable;
            }
        }
    }

    internal void Store(PSVariable variable, bool force)
    {
        object state = Engine.SessionState(this);
        if (string.IsNullOrEmpty(Scope))
        {
            Engine.Call(state, "SetVariable", variable, force, CommandOrigin.Internal);
        }
        else
        {
            Engine.Call(state, "SetVariableAtScope", variable, Scope, force, CommandOrigin.Internal);
        }
    }
}

[Cmdlet(VerbsCommon.Get, "Variable")]
public sealed class GetVariableCommand : VariableCommandBase
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    public SwitchParameter ValueOnly { get; set; }

    [Parameter]
    public string[] Include { get; set; } = ["*"];

    [Parameter]
    public string[] Exclude { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (PSVariable variable in Matching(Name, reportMissing: true))
        {
            if (Matches(Include, variable.Name) && !Matches(Exclude, variable.Name))
            {
                WriteObject(ValueOnly ? variable.Value : variable);
            }
        }
    }

    private static bool Matches(string[] patterns, string name) => patterns.Any(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase).IsMatch(name));
}

public abstract class WriteVariableBase : VariableCommandBase
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; }

    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    public object Value { get; set; }

    [Parameter]
    public string Description { get; set; }

    [Parameter]
    public ScopedItemOptions Option { get; set; }

    [Parameter]
    public SessionStateEntryVisibility Visibility { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    internal void Write(string name, object value)
    {
        var variable = new PSVariable(name, value, Option) { Description = Description, Visibility = Visibility };
        Store(variable, Force);
        if (PassThru)
        {
            WriteObject(variable);
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Variable", SupportsShouldProcess = true)]
public sealed class SetVariableCommand : WriteVariableBase
{
    private readonly List<object> values = [];
    private string[] names;

    protected override void BeginProcessing() => names = Name;

    protected override void ProcessRecord() => values.Add(Value);

    protected override void EndProcessing()
    {
        object value = values.Count > 1 ? values.ToArray() : values.FirstOrDefault();
        foreach (string name in names ?? Name)
        {
            PSVariable existing = Scope is null ? SessionState.PSVariable.Get(name) : null;
            bool local = existing is not null && ReferenceEquals(Engine.Call(Engine.SessionState(this), "GetVariableAtScope", name, "Local"), existing);
            if (local && Option == ScopedItemOptions.None && Description is null)
            {
                existing.Value = value;
            }
            else
            {
                Write(name, value);
            }
        }
    }
}

[Cmdlet(VerbsCommon.New, "Variable", SupportsShouldProcess = true)]
public sealed class NewVariableCommand : WriteVariableBase
{
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (!Force && Engine.Call(Engine.SessionState(this), "GetVariableAtScope", name, Scope ?? "Local") is not null)
            {
                WriteError(new ErrorRecord(new SessionStateException($"A variable with name '{name}' already exists."), "VariableAlreadyExists", ErrorCategory.ResourceExists, name));
                continue;
            }

            Write(name, Value);
        }
    }
}

[Cmdlet(VerbsCommon.Remove, "Variable", SupportsShouldProcess = true)]
public sealed class RemoveVariableCommand : VariableCommandBase
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (PSVariable variable in Matching(Name, reportMissing: true).ToList())
        {
            if (ShouldProcess(variable.Name))
            {
                if (Scope is null)
                {
                    Engine.Call(Engine.SessionState(this), "RemoveVariable", variable, Force.ToBool());
                }
                else
                {
                    Engine.Call(Engine.SessionState(this), "RemoveVariableAtScope", variable, Scope, Force.ToBool());
                }
            }
        }
    }
}

[Cmdlet(VerbsCommon.Clear, "Variable", SupportsShouldProcess = true)]
public sealed class ClearVariableCommand : VariableCommandBase
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => Matching(Name, reportMissing: true).ToList().ForEach(v => v.Value = null);
}
