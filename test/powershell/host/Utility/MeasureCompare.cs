using System.Globalization;

namespace Microsoft.PowerShell.Commands;

public abstract class MeasureInfo
{
    public string Property { get; set; }
}

public sealed class GenericMeasureInfo : MeasureInfo
{
    public int Count { get; set; }

    public double? Average { get; set; }

    public double? Sum { get; set; }

    public double? Maximum { get; set; }

    public double? Minimum { get; set; }

    public double? StandardDeviation { get; set; }
}

public sealed class GenericObjectMeasureInfo : MeasureInfo
{
    public int Count { get; set; }

    public object Maximum { get; set; }

    public object Minimum { get; set; }
}

public sealed class TextMeasureInfo : MeasureInfo
{
    public int? Lines { get; set; }

    public int? Words { get; set; }

    public int? Characters { get; set; }
}

[Cmdlet(VerbsDiagnostic.Measure, "Object", DefaultParameterSetName = "GenericMeasure")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Sum { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Average { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Maximum { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Minimum { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Line { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Word { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Character { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            items.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        foreach (PropertyPath path in PropertyPath.All(Property) ?? [null])
        {
            List<object> values = items.Select(i => path is null ? i : path.First(i)).Where(v => v is not null).ToList();
            if (path is not null && values.Count == 0)
            {
                WriteError(new ErrorRecord(new PSArgumentException($"The property \"{path.Name}\" cannot be found in the input for any objects."), "GenericMeasurePropertyNotFound", ErrorCategory.InvalidArgument, null));
                continue;
            }

            WriteObject(ParameterSetName == "TextMeasure" ? Text(values, path?.Name) : Numbers(values, path?.Name));
        }
    }

    private TextMeasureInfo Text(List<object> values, string property)
    {
        List<string> texts = values.Select(v => LanguagePrimitives.ConvertTo<string>(v)).ToList();
        return new TextMeasureInfo
        {
            Property = property,
            Lines = Line ? texts.Sum(t => t.Split('\n').Length) : null,
            Words = Word ? texts.Sum(t => t.Split((char[])null, StringSplitOptions.RemoveEmptyEntries).Length) : null,
            Characters = Character ? texts.Sum(t => t.Length) : null,
        };
    }

    private MeasureInfo Numbers(List<object> values, string property)
    {
        var order = new ValueOrder();
        bool numeric = values.All(v => LanguagePrimitives.TryConvertTo(v, CultureInfo.InvariantCulture, out double _));
        if (!numeric && (Maximum || Minimum) && !Sum && !Average)
        {
            return new GenericObjectMeasureInfo
            {
                Property = property,
                Count = values.Count,
                Maximum = Maximum ? values.Max(order) : null,
                Minimum = Minimum ? values.Min(order) : null,
            };
        }

        List<double> numbers = numeric && (Sum || Average || Maximum || Minimum) ? values.Select(v => LanguagePrimitives.ConvertTo<double>(v)).ToList() : [];
        if (!numeric && (Sum || Average))
        {
            WriteError(new ErrorRecord(new PSInvalidCastException("Input object is not numeric."), "NonNumericInputObject", ErrorCategory.InvalidType, null));
        }

        return new GenericMeasureInfo
        {
            Property = property,
            Count = values.Count,
            Sum = Sum ? numbers.Sum() : null,
            Average = Average && numbers.Count > 0 ? numbers.Average() : null,
            Maximum = Maximum && numbers.Count > 0 ? numbers.Max() : null,
            Minimum = Minimum && numbers.Count > 0 ? numbers.Min() : null,
        };
    }
}

[Cmdlet(VerbsDiagnostic.Measure, "Command")]
public sealed class MeasureCommandCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public ScriptBlock Expression { get; set; }

    protected override void EndProcessing()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        InvokeCommand.InvokeScript(false, Expression, null);
        WriteObject(watch.Elapsed);
    }
}

[Cmdlet(VerbsData.Compare, "Object")]
public sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> difference = [];

    [Parameter(Position = 0, Mandatory = true)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; }

    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; }

    [Parameter]
    public object[] Property { get; set; }

    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    [Parameter]
    public SwitchParameter ExcludeDifferent { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public int SyncWindow { get; set; } = int.MaxValue;

    protected override void ProcessRecord() => difference.AddRange(DifferenceObject);

    protected override void EndProcessing()
    {
        var order = new ValueOrder(CaseSensitive);
        PropertyPath[] paths = PropertyPath.All(Property);
        bool Same(PSObject a, PSObject b) => paths is null ? order.Equals(a, b) : paths.All(p => order.Equals(p.First(a), p.First(b)));
        List<PSObject> left = [.. difference];
        var missing = new List<PSObject>();
        foreach (PSObject reference in ReferenceObject)
        {
            int at = left.FindIndex(d => Same(reference, d));
            if (at < 0)
            {
                missing.Add(reference);
                continue;
            }

            left.RemoveAt(at);
            Emit(reference, "==", paths, IncludeEqual || ExcludeDifferent);
        }

        left.ForEach(d => Emit(d, "=>", paths, !ExcludeDifferent));
        missing.ForEach(r => Emit(r, "<=", paths, !ExcludeDifferent));
    }

    private void Emit(PSObject item, string side, PropertyPath[] paths, bool wanted)
    {
        if (!wanted)
        {
            return;
        }

        PSObject result = PassThru ? item : new PSObject();
        if (!PassThru && paths is null)
        {
            result.Properties.Add(new PSNoteProperty("InputObject", item.BaseObject is PSCustomObject ? item : item.BaseObject));
        }

        foreach (PropertyPath path in PassThru ? [] : paths ?? [])
        {
            result.Properties.Add(new PSNoteProperty(path.Name, path.First(item)));
        }

        result.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(result);
    }
}
