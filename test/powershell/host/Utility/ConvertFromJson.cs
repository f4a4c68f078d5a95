using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Microsoft.PowerShell.Commands;

public enum JsonDateKind
{
    Default,
    Local,
    Utc,
    Offset,
    String,
}

/// <summary>As in PowerShell 7: ISO dates become DateTime, whole numbers long, fractions double, objects PSCustomObject.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public class ConvertFromJsonCommand : Cmdlet
{
    private readonly List<string> lines = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; }

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    [ValidateRange(ValidateRangeKind.Positive)]
    public int Depth { get; set; } = 1024;

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    [Parameter]
    public JsonDateKind DateKind { get; set; }

    protected override void ProcessRecord() => lines.Add(InputObject);

    protected override void EndProcessing()
    {
        if (lines.Count == 0)
        {
            return;
        }

        // Several documents, one a line, or one document over several lines: the first line tells.
        bool each = lines.Count > 1 && TryParse(lines[0], out _) is null;
        foreach (string document in each ? lines : [string.Join(Environment.NewLine, lines)])
        {
            if (string.IsNullOrWhiteSpace(document))
            {
                continue;
            }

            Exception failure = TryParse(document, out JToken token);
            if (failure is not null)
            {
                Fail("System.ArgumentException", $"Conversion from JSON failed with error: {failure.Message}", failure);
            }

            WriteObject(Convert(token), !NoEnumerate);
        }
    }

    private Exception TryParse(string text, out JToken token)
    {
        token = null;
        try
        {
            using var reader = new JsonTextReader(new StringReader(text))
            {
                MaxDepth = Depth,
                DateParseHandling = DateKind switch
                {
                    JsonDateKind.String => DateParseHandling.None,
                    JsonDateKind.Offset => DateParseHandling.DateTimeOffset,
                    _ => DateParseHandling.DateTime,
                },
                DateTimeZoneHandling = DateKind switch
                {
                    JsonDateKind.Local => DateTimeZoneHandling.Local,
                    JsonDateKind.Utc => DateTimeZoneHandling.Utc,
                    _ => DateTimeZoneHandling.RoundtripKind,
                },
            };
            token = JToken.ReadFrom(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Replace });
            while (reader.Read())
            {
                if (reader.TokenType != JsonToken.Comment)
                {
                    throw new JsonReaderException("Additional text encountered after finished reading JSON content: " + reader.Value);
                }
            }

            return null;
        }
        catch (JsonException e)
        {
            return e;
        }
    }

    private object Convert(JToken token) => token switch
    {
        JObject entries => AsHashtable ? Table(entries) : Custom(entries),
        JArray items => items.Where(i => i.Type != JTokenType.Comment).Select(Convert).ToArray(),
        JValue { Type: JTokenType.Null or JTokenType.Undefined } => null,
        JValue value => value.Value,
        _ => null,
    };

    private OrderedHashtable Table(JObject entries)
    {
        var table = new OrderedHashtable();
        foreach (JProperty entry in entries.Properties())
        {
            table[entry.Name] = Convert(entry.Value);
        }

        return table;
    }

    private PSObject Custom(JObject entries)
    {
        var result = new PSObject();
        foreach (JProperty entry in entries.Properties())
        {
            if (entry.Name.Length == 0)
            {
                Fail("EmptyKeyInJsonString", "The provided JSON includes a property whose name is an empty string, this is only supported using the -AsHashTable switch.", null);
            }

            if (result.Properties[entry.Name] is not null)
            {
                Fail("KeysWithDifferentCasingInJsonString", $"Cannot convert the JSON string because it contains keys with different casing. Please use the -AsHashTable switch instead. The key that was attempted to be added to the existing key '{result.Properties[entry.Name].Name}' was '{entry.Name}'.", null);
            }

            result.Properties.Add(new PSNoteProperty(entry.Name, Convert(entry.Value)));
        }

        return result;
    }

    private void Fail(string id, string message, Exception inner) => ThrowTerminatingError(new ErrorRecord(
        inner is null ? new InvalidOperationException(message) : new ArgumentException(message, inner), id, inner is null ? ErrorCategory.InvalidOperation : ErrorCategory.NotSpecified, null));
}
