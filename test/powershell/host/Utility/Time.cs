using System.Globalization;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Date", DefaultParameterSetName = "DateAndFormat")]
public sealed class GetDateCommand : Cmdlet
{
    [Parameter(ParameterSetName = "DateAndFormat", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LastWriteTime")]
    public DateTime? Date { get; set; }

    [Parameter(ParameterSetName = "UnixTime", Mandatory = true)]
    [Alias("UnixTime")]
    public long? UnixTimeSeconds { get; set; }

    [Parameter]
    public int? Year { get; set; }

    [Parameter]
    public int? Month { get; set; }

    [Parameter]
    public int? Day { get; set; }

    [Parameter]
    public int? Hour { get; set; }

    [Parameter]
    public int? Minute { get; set; }

    [Parameter]
    public int? Second { get; set; }

    [Parameter]
    public int? Millisecond { get; set; }

    [Parameter]
    public string Format { get; set; }

    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    protected override void ProcessRecord()
    {
        DateTime at = UnixTimeSeconds is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds).LocalDateTime : Date ?? DateTime.Now;
        at = at.AddYears(Year - at.Year ?? 0);
        at = at.AddMonths(Month - at.Month ?? 0);
        at = at.AddDays(Day - at.Day ?? 0);
        at = at.AddHours(Hour - at.Hour ?? 0);
        at = at.AddMinutes(Minute - at.Minute ?? 0);
        at = at.AddSeconds(Second - at.Second ?? 0);
        at = at.AddMilliseconds(Millisecond - at.Millisecond ?? 0);
        if (AsUTC)
        {
            at = at.ToUniversalTime();
        }

        if (Format is null)
        {
            WriteObject(at);
            return;
        }

        string format = Format switch
        {
            "FileDate" => "yyyyMMdd",
            "FileDateUniversal" => "yyyyMMddZ",
            "FileDateTime" => "yyyyMMddTHHmmssffff",
            "FileDateTimeUniversal" => "yyyyMMddTHHmmssffffZ",
            _ => Format,
        };
        WriteObject((Format.EndsWith("Universal", StringComparison.Ordinal) ? at.ToUniversalTime() : at).ToString(format, CultureInfo.CurrentCulture));
    }
}

[Cmdlet(VerbsCommon.New, "TimeSpan", DefaultParameterSetName = "Date")]
public sealed class NewTimeSpanCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Date")]
    public DateTime? Start { get; set; }

    [Parameter(Position = 1, ParameterSetName = "Date")]
    public DateTime? End { get; set; }

    [Parameter(ParameterSetName = "Time")]
    public int Days { get; set; }

    [Parameter(ParameterSetName = "Time")]
    public int Hours { get; set; }

    [Parameter(ParameterSetName = "Time")]
    public int Minutes { get; set; }

    [Parameter(ParameterSetName = "Time")]
    public int Seconds { get; set; }

    [Parameter(ParameterSetName = "Time")]
    public int Milliseconds { get; set; }

    protected override void ProcessRecord()
    {
        DateTime now = DateTime.Now;
        WriteObject(ParameterSetName == "Time" ? new TimeSpan(Days, Hours, Minutes, Seconds, Milliseconds) : (End ?? now) - (Start ?? now));
    }
}

[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
public sealed class StartSleepCommand : PSCmdlet
{
    private readonly ManualResetEventSlim stopped = new();

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Seconds")]
    [ValidateRange(0.0, 2147483.0)]
    public double Seconds { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds")]
    [ValidateRange(0, int.MaxValue)]
    [Alias("ms")]
    public int Milliseconds { get; set; }

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "FromTimeSpan")]
    [Alias("ts")]
    public TimeSpan Duration { get; set; }

    protected override void ProcessRecord() => stopped.Wait(ParameterSetName switch
    {
        "Seconds" => TimeSpan.FromSeconds(Seconds),
        "Milliseconds" => TimeSpan.FromMilliseconds(Milliseconds),
        _ => Duration,
    });

    protected override void StopProcessing() => stopped.Set();
}

[Cmdlet(VerbsCommon.New, "Guid", DefaultParameterSetName = "Default")]
public sealed class NewGuidCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Empty")]
    public SwitchParameter Empty { get; set; }

    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    public string InputObject { get; set; }

    protected override void ProcessRecord() => WriteObject(Empty ? Guid.Empty : InputObject is null ? Guid.NewGuid() : Guid.Parse(InputObject));
}

[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = "RandomNumber")]
public sealed class GetRandomCommand : PSCmdlet
{
    private readonly List<object> items = [];

    [Parameter]
    public int? SetSeed { get; set; }

    [Parameter(Position = 0, ParameterSetName = "RandomNumber")]
    public object Maximum { get; set; }

    [Parameter(ParameterSetName = "RandomNumber")]
    public object Minimum { get; set; }

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "RandomListItem")]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Shuffle")]
    public object[] InputObject { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    [Parameter(Mandatory = true, ParameterSetName = "Shuffle")]
    public SwitchParameter Shuffle { get; set; }

    protected override void ProcessRecord() => items.AddRange(InputObject ?? []);

    protected override void EndProcessing()
    {
        Random random = SetSeed is { } seed ? new Random(seed) : Random.Shared;
        if (ParameterSetName == "RandomNumber")
        {
            bool fraction = Maximum is PSObject { BaseObject: double } or double || Minimum is PSObject { BaseObject: double } or double;
            for (int i = 0; i < Count; i++)
            {
                WriteObject(fraction ? Fraction(random) : Whole(random));
            }

            return;
        }

        object[] shuffled = [.. items];
        random.Shuffle(shuffled);
        WriteObject(Shuffle ? shuffled : shuffled.Take(Count), true);
    }

    private object Fraction(Random random)
    {
        double low = Minimum is null ? 0 : LanguagePrimitives.ConvertTo<double>(Minimum);
        double high = Maximum is null ? double.MaxValue : LanguagePrimitives.ConvertTo<double>(Maximum);
        return low + (random.NextDouble() * (high - low));
    }

    private object Whole(Random random)
    {
        long low = Minimum is null ? 0 : LanguagePrimitives.ConvertTo<long>(Minimum);
        long high = Maximum is null ? int.MaxValue : LanguagePrimitives.ConvertTo<long>(Maximum);
        long value = random.NextInt64(low, high);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : value;
    }
}
