using System.Collections.ObjectModel;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsLifecycle.Invoke, "Expression")]
public sealed class InvokeExpressionCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string Command { get; set; }

    protected override void ProcessRecord() => WriteObject(InvokeCommand.InvokeScript(false, InvokeCommand.NewScriptBlock(Command), null), true);
}

[Cmdlet("Sort", "Object", DefaultParameterSetName = "Default")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; }

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter Stable { get; set; }

    [Parameter]
    public string Culture { get; set; }

    [Parameter(ParameterSetName = "Top", Mandatory = true)]
    public int Top { get; set; }

    [Parameter(ParameterSetName = "Bottom", Mandatory = true)]
    public int Bottom { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            items.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        var order = new ValueOrder(CaseSensitive);
        PropertyPath[] paths = PropertyPath.All(Property) ?? [null];
        object[] Keys(PSObject item) => paths.Select(p => p is null ? item : p.First(item)).ToArray();
        var keyed = items.Select(item => (item, keys: Keys(item))).ToList();
        var sorted = keyed.OrderBy(_ => 0);
        for (int i = 0; i < paths.Length; i++)
        {
            int at = i;
            sorted = paths[i]?.Descending ?? Descending ? sorted.ThenByDescending(k => k.keys[at], order) : sorted.ThenBy(k => k.keys[at], order);
        }

        IEnumerable<PSObject> result = Unique ? Distinct(sorted, order) : sorted.Select(k => k.item);
        result = ParameterSetName switch { "Top" => result.Take(Top), "Bottom" => result.TakeLast(Bottom), _ => result };
        WriteObject(result, true);
    }

    private static IEnumerable<PSObject> Distinct(IEnumerable<(PSObject item, object[] keys)> sorted, ValueOrder order)
    {
        object[] last = null;
        foreach ((PSObject item, object[] keys) in sorted)
        {
            if (last is null || !last.Zip(keys).All(p => order.Equals(p.First, p.Second)))
            {
                yield return item;
            }

            last = keys;
        }
    }
}

public class GroupInfo
{
    internal GroupInfo(ArrayList values, string name)
    {
        Values = values;
        Name = name;
    }

    public int Count { get; internal set; }

    public string Name { get; }

    public virtual Collection<PSObject> Group { get; } = [];

    public ArrayList Values { get; }
}

public sealed class GroupInfoNoElement : GroupInfo
{
    internal GroupInfoNoElement(ArrayList values, string name)
        : base(values, name)
    {
    }
}

[Cmdlet(VerbsData.Group, "Object")]
public sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; }

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    [Parameter]
    public SwitchParameter AsString { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            items.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        var order = new ValueOrder(CaseSensitive);
        PropertyPath[] paths = PropertyPath.All(Property) ?? [null];
        var groups = new List<GroupInfo>();
        foreach (PSObject item in items)
        {
            object[] keys = paths.Select(p => p is null ? item : p.First(item)).ToArray();
            GroupInfo group = groups.Find(g => g.Values.Cast<object>().Zip(keys).All(p => order.Equals(p.First, p.Second)));
            if (group is null)
            {
                string name = string.Join(", ", keys.Select(k => LanguagePrimitives.ConvertTo<string>(k)));
                group = NoElement ? new GroupInfoNoElement(new ArrayList(keys), name) : new GroupInfo(new ArrayList(keys), name);
                groups.Add(group);
            }

            group.Count++;
            if (!NoElement)
            {
                group.Group.Add(item);
            }
        }

        if (!AsHashTable)
        {
            IOrderedEnumerable<GroupInfo> sorted = groups.OrderBy(_ => 0);
            for (int i = 0; i < paths.Length; i++)
            {
                int at = i;
                sorted = sorted.ThenBy(g => g.Values[at], order);
            }

            WriteObject(sorted, true);
            return;
        }

        var table = new Hashtable(CaseSensitive ? StringComparer.CurrentCulture : StringComparer.CurrentCultureIgnoreCase);
        foreach (GroupInfo group in groups)
        {
            object key = group.Values.Count == 1 && !AsString ? group.Values[0] ?? "" : group.Name;
            table[key is PSObject wrapped ? wrapped.BaseObject : key] = group.Group;
        }

        WriteObject(table);
    }
}
