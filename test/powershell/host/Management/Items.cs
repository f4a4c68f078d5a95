namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
public sealed class GetItemCommand : PathCommand
{
    protected override void ProcessRecord()
    {
        foreach (string path in Existing())
        {
            Try(path, () => WriteObject(Select(InvokeProvider.Item.Get([path], Force, literalPath: true)), true));
        }
    }
}

[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Items")]
public sealed class GetChildItemCommand : ProviderCommand
{
    [Parameter(Position = 0, ParameterSetName = "Items", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LiteralItems", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; }

    [Parameter]
    [Alias("s")]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public uint Depth { get; set; } = uint.MaxValue;

    [Parameter]
    public SwitchParameter Name { get; set; }

    [Parameter]
    [Alias("ad")]
    public SwitchParameter Directory { get; set; }

    [Parameter]
    [Alias("af")]
    public SwitchParameter File { get; set; }

    [Parameter]
    [Alias("ah")]
    public SwitchParameter Hidden { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in LiteralPath ?? Path ?? ["."])
        {
            Try(path, () =>
            {
                bool recurse = Recurse || Depth != uint.MaxValue;
                IEnumerable<PSObject> items = Select(InvokeProvider.ChildItem.Get([path], recurse, Depth, Force || Hidden, LiteralPath is not null));
                foreach (PSObject item in items.Where(Wanted))
                {
                    WriteObject(Name ? System.IO.Path.GetRelativePath(FilePath(path), ((FileSystemInfo)item.BaseObject).FullName) : item);
                }
            });
        }
    }

    private bool Wanted(PSObject item)
    {
        bool container = item.BaseObject is DirectoryInfo || item.Properties["PSIsContainer"]?.Value is true;
        bool hidden = item.BaseObject is FileSystemInfo info && info.Attributes.HasFlag(FileAttributes.Hidden);
        return (!Directory || container) && (!File || !container) && (!Hidden || hidden);
    }
}

[Cmdlet(VerbsCommon.New, "Item", DefaultParameterSetName = "pathSet", SupportsShouldProcess = true)]
public sealed class NewItemCommand : ProviderCommand
{
    [Parameter(Position = 0, ParameterSetName = "pathSet", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = "nameSet", ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "nameSet", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string Name { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    public string ItemType { get; set; }

    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Target")]
    public object Value { get; set; }

    protected override void ProcessRecord()
    {
        string[] paths = Path.Length == 0 ? [""] : Path;
        foreach (string path in paths)
        {
            string target = string.IsNullOrEmpty(Name) ? path : path.Length == 0 ? Name : SessionState.Path.Combine(path, Name);
            if (ShouldProcess(target, ItemType is "Directory" ? "Create Directory" : "Create File"))
            {
                Try(target, () => WriteObject(InvokeProvider.Item.New([target], null, ItemType, Value, Force), true));
            }
        }
    }
}

[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class RemoveItemCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Existing().ToList())
        {
            bool children = !Recurse && Try(path, () => { }) && InvokeProvider.Item.IsContainer(path) && InvokeProvider.ChildItem.HasChild(path, true, true);
            if (children)
            {
                WriteError(new ErrorRecord(new PSInvalidOperationException($"The item at {FilePath(path)} has children and the Recurse parameter was not specified. This test host does not ask, so nothing was removed."), "RemoveItemHasChildren", ErrorCategory.InvalidOperation, path));
            }
            else if (ShouldProcess(path, "Remove Item"))
            {
                Try(path, () => InvokeProvider.Item.Remove([path], Recurse, Force, literalPath: true));
            }
        }
    }
}

public abstract class TransferCommand : PathCommand
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = ".";

    [Parameter]
    public SwitchParameter PassThru { get; set; }
}

[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class CopyItemCommand : TransferCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Container { get; set; } = true;

    protected override void ProcessRecord()
    {
        foreach (string path in Existing().Where(p => ShouldProcess($"Item: {p} Destination: {Destination}", "Copy Item")).ToList())
        {
            CopyContainers container = Container ? CopyContainers.CopyTargetContainer : CopyContainers.CopyChildrenOfTargetContainer;
            Try(path, () =>
            {
                var copied = InvokeProvider.Item.Copy([path], Destination, Recurse, container, Force, literalPath: true);
                WriteObject(PassThru ? copied : [], true);
            });
        }
    }
}

[Cmdlet(VerbsCommon.Move, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class MoveItemCommand : TransferCommand
{
    protected override void ProcessRecord()
    {
        foreach (string path in Existing().Where(p => ShouldProcess($"Item: {p} Destination: {Destination}", "Move Item")).ToList())
        {
            Try(path, () =>
            {
                var moved = InvokeProvider.Item.Move([path], Destination, Force, literalPath: true);
                WriteObject(PassThru ? moved : [], true);
            });
        }
    }
}

[Cmdlet(VerbsCommon.Rename, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class RenameItemCommand : PathCommand
{
    [Parameter(Position = 1, Mandatory = true)]
    public string NewName { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Existing().Where(p => ShouldProcess(p, "Rename")).ToList())
        {
            Try(path, () => InvokeProvider.Item.Rename(path, NewName, Force));
        }
    }
}

[Cmdlet(VerbsCommon.Get, "ItemProperty", DefaultParameterSetName = "Path")]
public sealed class GetItemPropertyCommand : PathCommand
{
    [Parameter(Position = 1)]
    [Alias("PSProperty")]
    public string[] Name { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Existing())
        {
            Try(path, () => WriteObject(InvokeProvider.Property.Get([path], new System.Collections.ObjectModel.Collection<string>(Name ?? []), literalPath: true), true));
        }
    }
}
