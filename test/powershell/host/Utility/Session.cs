using System.Globalization;
using ConfigMgrSync.PowerShellHost;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Culture")]
public sealed class GetCultureCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public string Name { get; set; }

    protected override void ProcessRecord() => WriteObject(Name is null ? Host.CurrentCulture : CultureInfo.GetCultureInfo(Name));
}

[Cmdlet(VerbsCommon.Get, "UICulture")]
public sealed class GetUICultureCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(Host.CurrentUICulture);
}

[Cmdlet(VerbsCommon.Get, "Host")]
public sealed class GetHostCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(Host);
}

[Cmdlet(VerbsCommon.Get, "PSCallStack")]
public sealed class GetPSCallStackCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(Engine.Call(Engine.Get(Engine.Context(this), "Debugger"), "GetCallStack"), true);
}

[Cmdlet(VerbsSecurity.Unblock, "File", SupportsShouldProcess = true)]
public sealed class UnblockFileCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; }
}

[Cmdlet(VerbsCommunications.Read, "Host", DefaultParameterSetName = "AsString")]
public sealed class ReadHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    public object Prompt { get; set; }

    [Parameter(ParameterSetName = "AsSecureString")]
    public SwitchParameter AsSecureString { get; set; }

    protected override void ProcessRecord()
    {
        if (Prompt is not null)
        {
            Host.UI.Write(Prompt + ": ");
        }

        WriteObject(AsSecureString ? Host.UI.ReadLineAsSecureString() : Host.UI.ReadLine());
    }
}

[Cmdlet("Tee", "Object", DefaultParameterSetName = "File")]
public sealed class TeeObjectCommand : PSCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "File")]
    [Alias("Path")]
    public string FilePath { get; set; }

    [Parameter(ParameterSetName = "File")]
    public SwitchParameter Append { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Variable")]
    public string Variable { get; set; }

    protected override void ProcessRecord()
    {
        items.Add(InputObject);
        WriteObject(InputObject);
    }

    protected override void EndProcessing()
    {
        if (Variable is not null)
        {
            SessionState.PSVariable.Set(Variable, items.Count == 1 ? items[0] : items.ToArray());
            return;
        }

        InvokeCommand.InvokeScript(true, ScriptBlock.Create("param($path, $append) $input | Out-File -FilePath $path -Append:$append"), items, FilePath, Append.ToBool());
    }
}

[Cmdlet(VerbsCommon.Get, "Alias", DefaultParameterSetName = "Default")]
public sealed class GetAliasCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Default")]
    public string[] Name { get; set; } = ["*"];

    [Parameter(ParameterSetName = "Definition")]
    public string[] Definition { get; set; }

    [Parameter]
    public string Scope { get; set; }

    protected override void ProcessRecord()
    {
        var table = (IDictionary<string, AliasInfo>)Engine.Call(Engine.SessionState(this), "GetAliasTable");
        foreach (string name in Definition ?? Name)
        {
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            AliasInfo[] found = [.. table.Values.Where(a => pattern.IsMatch(Definition is null ? a.Name : a.Definition)).OrderBy(a => a.Name, StringComparer.CurrentCultureIgnoreCase)];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(new ErrorRecord(
                    new ItemNotFoundException($"This command cannot find a matching alias because an alias with the {(Definition is null ? "name" : "definition")} '{name}' does not exist."),
                    "ItemNotFoundException", ErrorCategory.ObjectNotFound, name));
            }

            WriteObject(found, true);
        }
    }
}

public abstract class WriteAliasBase : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; }

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Value { get; set; }

    [Parameter]
    public string Description { get; set; } = "";

    [Parameter]
    public ScopedItemOptions Option { get; set; }

    [Parameter]
    public string Scope { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    internal void Write()
    {
        var alias = (AliasInfo)Engine.New(typeof(AliasInfo), Name, Value, Engine.Context(this), Option);
        Engine.Set(alias, "Description", Description);
        object state = Engine.SessionState(this);
        object stored = string.IsNullOrEmpty(Scope)
            ? Engine.Call(state, "SetAliasItem", alias, Force.ToBool(), CommandOrigin.Internal)
            : Engine.Call(state, "SetAliasItemAtScope", alias, Scope, Force.ToBool(), CommandOrigin.Internal);
        if (PassThru)
        {
            WriteObject(stored);
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Alias", SupportsShouldProcess = true)]
public sealed class SetAliasCommand : WriteAliasBase
{
    protected override void ProcessRecord() => Write();
}

[Cmdlet(VerbsCommon.New, "Alias", SupportsShouldProcess = true)]
public sealed class NewAliasCommand : WriteAliasBase
{
    protected override void ProcessRecord()
    {
        var table = (IDictionary<string, AliasInfo>)Engine.Call(Engine.SessionState(this), "GetAliasTable");
        if (!Force && Scope is null && table.ContainsKey(Name))
        {
            ThrowTerminatingError(new ErrorRecord(new SessionStateException($"The alias is not allowed, because an alias with the name '{Name}' already exists."), "AliasAlreadyExists", ErrorCategory.ResourceExists, Name));
        }

        Write();
    }
}

[Cmdlet(VerbsCommon.Remove, "Alias")]
public sealed class RemoveAliasCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string[] Name { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Engine.Call(Engine.SessionState(this), "RemoveAlias", name, Force.ToBool());
        }
    }
}

[Cmdlet(VerbsLifecycle.Register, "ObjectEvent")]
public sealed class RegisterObjectEventCommand : ObjectEventRegistrationBase
{
    [Parameter(Mandatory = true, Position = 0)]
    public PSObject InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 1)]
    public string EventName { get; set; }

    protected override object GetSourceObject() => InputObject;

    protected override string GetSourceObjectEventName() => EventName;
}

[Cmdlet(VerbsLifecycle.Register, "EngineEvent")]
public sealed class RegisterEngineEventCommand : ObjectEventRegistrationBase
{
    [Parameter(Mandatory = true, Position = 100)]
    public new string SourceIdentifier
    {
        get => base.SourceIdentifier;
        set => base.SourceIdentifier = value;
    }

    protected override object GetSourceObject() => null;

    protected override string GetSourceObjectEventName() => null;
}

[Cmdlet(VerbsLifecycle.Unregister, "Event", DefaultParameterSetName = "BySource")]
public sealed class UnregisterEventCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "BySource")]
    public string SourceIdentifier { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "ById")]
    public int SubscriptionId { get; set; }

    protected override void ProcessRecord()
    {
        foreach (PSEventSubscriber subscriber in Events.Subscribers.Where(s => SourceIdentifier is null ? s.SubscriptionId == SubscriptionId : s.SourceIdentifier == SourceIdentifier).ToList())
        {
            Events.UnsubscribeEvent(subscriber);
        }
    }
}
