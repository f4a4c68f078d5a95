namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "DefaultParameter")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly List<PSObject> kept = [];
    private PropertyPath[] properties;
    private PropertyPath[] excluded;
    private int seen;
    private int written;

    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = System.Management.Automation.Internal.AutomationNull.Value;

    [Parameter(Position = 0, ParameterSetName = "DefaultParameter")]
    [Parameter(Position = 0, ParameterSetName = "SkipLastParameter")]
    public object[] Property { get; set; }

    [Parameter]
    public string[] ExcludeProperty { get; set; }

    [Parameter]
    public string ExpandProperty { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseInsensitive { get; set; }

    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = -1;

    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = -1;

    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter(ParameterSetName = "SkipLastParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLast { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter(ParameterSetName = "IndexParameter")]
    public int[] Index { get; set; }

    [Parameter(ParameterSetName = "SkipIndexParameter")]
    public int[] SkipIndex { get; set; }

    private bool Buffers => Unique || Last >= 0 || SkipLast > 0;

    protected override void BeginProcessing()
    {
        properties = PropertyPath.All(Property ?? (ExcludeProperty is null ? null : ["*"]));
        excluded = PropertyPath.All(ExcludeProperty);
    }

    protected override void ProcessRecord()
    {
        if (InputObject == System.Management.Automation.Internal.AutomationNull.Value)
        {
            return;
        }

        int at = seen++;
        bool wanted = Index is not null ? Index.Contains(at) : SkipIndex is not null ? !SkipIndex.Contains(at) : Last >= 0 || at >= Skip;
        if (Buffers)
        {
            if (wanted)
            {
                kept.Add(InputObject);
            }

            return;
        }

        if (wanted && (First < 0 || written < First))
        {
            written++;
            Emit(InputObject, o => WriteObject(o));
        }

        if (First >= 0 && written >= First && !Wait)
        {
            // Ends the upstream commands, as the real cmdlet does.
            throw (Exception)ConfigMgrSync.PowerShellHost.Engine.New(
                ConfigMgrSync.PowerShellHost.Engine.Type("System.Management.Automation.StopUpstreamCommandsException"), this);
        }
    }

    protected override void EndProcessing()
    {
        if (!Buffers)
        {
            return;
        }

        IEnumerable<PSObject> chosen = kept;
        if (Last >= 0)
        {
            IEnumerable<PSObject> head = First >= 0 ? kept.Skip(Skip).Take(First) : [];
            chosen = head.Concat(kept.SkipLast(First >= 0 ? 0 : Skip).Skip(First >= 0 ? Math.Min(kept.Count, Skip + First) : 0).TakeLast(Last));
        }
        else if (SkipLast > 0)
        {
            chosen = kept.SkipLast(SkipLast);
        }
        else if (First >= 0 && !Unique)
        {
            chosen = kept.Take(First);
        }

        var results = new List<object>();
        foreach (PSObject input in chosen)
        {
            Emit(input, results.Add);
        }

        IEnumerable<object> output = Unique ? Distinct(results) : results;
        foreach (object result in Unique && First >= 0 && Last < 0 ? output.Take(First) : output)
        {
            WriteObject(result);
        }
    }

    private List<object> Distinct(List<object> results)
    {
        var order = new ValueOrder(caseSensitive: !CaseInsensitive);
        var found = new List<object>();
        foreach (object result in results)
        {
            if (!found.Any(f => Same(f, result, order)))
            {
                found.Add(result);
            }
        }

        return found;
    }

    private bool Same(object left, object right, ValueOrder order)
    {
        if (Property is null)
        {
            return order.Equals(left, right);
        }

        PSPropertyInfo[] a = [.. PSObject.AsPSObject(left).Properties];
        PSPropertyInfo[] b = [.. PSObject.AsPSObject(right).Properties];
        return a.Length == b.Length && a.Zip(b).All(p => p.First.Name == p.Second.Name && order.Equals(p.First.Value, p.Second.Value));
    }

    private void Emit(PSObject input, Action<object> write)
    {
        PSObject shaped = properties is null ? null : Shape(input);
        if (string.IsNullOrEmpty(ExpandProperty))
        {
            write(shaped ?? input);
            return;
        }

        (string Name, object Value)[] expanded = [.. PropertyPath.All([ExpandProperty])[0].Values(input)];
        if (expanded.Length == 0)
        {
            WriteError(new ErrorRecord(new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, ExpandProperty));
            return;
        }

        IEnumerable items = LanguagePrimitives.GetEnumerable(expanded[0].Value);
        foreach (object item in items ?? new[] { expanded[0].Value })
        {
            if (shaped is null || item is null)
            {
                write(item);
                continue;
            }

            PSObject copy = PSObject.AsPSObject(item).Copy();
            foreach (PSPropertyInfo property in shaped.Properties)
            {
                copy.Properties.Add(new PSNoteProperty(property.Name, property.Value));
            }

            write(copy);
        }
    }

    private PSObject Shape(PSObject input)
    {
        var result = new PSObject();
        foreach (PropertyPath path in properties)
        {
            (string Name, object Value)[] values = [.. path.Values(input)];
            if (values.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(path.Name))
            {
                values = [(path.Name, null)];
            }

            foreach ((string name, object value) in values)
            {
                bool drop = excluded?.Any(e => WildcardPattern.Get(e.Name, WildcardOptions.IgnoreCase).IsMatch(name)) ?? false;
                if (!drop && result.Properties[name] is null)
                {
                    result.Properties.Add(new PSNoteProperty(name, value));
                }
            }
        }

        foreach (string type in input.TypeNames.Where(t => t.StartsWith("Selected.", StringComparison.Ordinal)).Take(1).DefaultIfEmpty("Selected." + input.BaseObject.GetType()))
        {
            result.TypeNames.Insert(0, type);
        }

        return result;
    }
}
