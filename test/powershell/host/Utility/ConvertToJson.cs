using System.Globalization;
using System.Management.Automation.Internal;
using System.Numerics;
using Newtonsoft.Json;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
public class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object> inputs = [];
    private bool warned;

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object InputObject { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    [Parameter]
    public StringEscapeHandling EscapeHandling { get; set; } = StringEscapeHandling.Default;

    protected override void ProcessRecord() => inputs.Add(InputObject);

    protected override void EndProcessing()
    {
        if (inputs.Count == 0)
        {
            return;
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var json = new JsonTextWriter(text)
        {
            Formatting = Compress ? Formatting.None : Formatting.Indented,
            StringEscapeHandling = EscapeHandling,
            CloseOutput = false,
        };
        Write(json, inputs.Count > 1 || AsArray ? inputs : inputs[0], 0);
        json.Flush();
        WriteObject(text.ToString());
    }

    private void Write(JsonTextWriter json, object value, int depth)
    {
        PSObject wrapper = value as PSObject;
        object plain = wrapper is null ? value : wrapper.BaseObject;
        if (plain is null || ReferenceEquals(plain, System.Management.Automation.Language.NullString.Value) || ReferenceEquals(plain, AutomationNull.Value) || plain is DBNull)
        {
            json.WriteNull();
            return;
        }

        bool scalar = plain is string or bool or DateTime or DateTimeOffset or Guid or Uri or BigInteger or Enum or decimal || plain.GetType().IsPrimitive;
        if (scalar)
        {
            List<PSPropertyInfo> added = plain is string or DateTime || wrapper is null ? [] : Added(wrapper);
            if (added.Count == 0 || depth > Depth)
            {
                WriteScalar(json, plain);
                return;
            }

            json.WriteStartObject();
            json.WritePropertyName("value");
            WriteScalar(json, plain);
            WriteProperties(json, added, depth);
            json.WriteEndObject();
            return;
        }

        if (depth > Depth)
        {
            if (!warned)
            {
                warned = true;
                WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
            }

            json.WriteValue(LanguagePrimitives.ConvertTo<string>(value));
            return;
        }

        switch (plain)
        {
            case IDictionary table:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in table)
                {
                    json.WritePropertyName(entry.Key.ToString());
                    Write(json, entry.Value, depth + 1);
                }

                WriteProperties(json, wrapper is null ? [] : Added(wrapper), depth);
                json.WriteEndObject();
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (object item in items)
                {
                    Write(json, item, depth + 1);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStartObject();
                IEnumerable<PSPropertyInfo> properties = (wrapper ?? PSObject.AsPSObject(plain)).Properties
                    .Where(p => p.IsGettable && (plain is PSCustomObject || p.MemberType is not (PSMemberTypes.ScriptProperty or PSMemberTypes.AliasProperty or PSMemberTypes.CodeProperty) || p.IsInstance));
                WriteProperties(json, properties, depth);
                json.WriteEndObject();
                break;
        }
    }

    private void WriteProperties(JsonTextWriter json, IEnumerable<PSPropertyInfo> properties, int depth)
    {
        foreach (PSPropertyInfo property in properties)
        {
            object value = null;
            try
            {
                value = property.Value;
            }
            catch (GetValueException)
            {
                // A getter that fails gives null, as in the real cmdlet.
            }

            json.WritePropertyName(property.Name);
            Write(json, value, depth + 1);
        }
    }

    /// <summary>What Add-Member put on one object, without what its type has.</summary>
    private static List<PSPropertyInfo> Added(PSObject wrapper) => wrapper.Properties.Where(p => p.IsInstance && p is PSNoteProperty or PSScriptProperty or PSAliasProperty).ToList();

    private void WriteScalar(JsonTextWriter json, object value)
    {
        switch (value)
        {
            case Enum e when EnumsAsStrings:
                json.WriteValue(e.ToString());
                break;
            case Enum e:
                json.WriteValue(System.Convert.ChangeType(e, Enum.GetUnderlyingType(e.GetType()), CultureInfo.InvariantCulture));
                break;
            case Uri uri:
                json.WriteValue(uri.OriginalString);
                break;
            case double or float when !double.IsFinite(System.Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                json.WriteValue(System.Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteValue(value);
                break;
        }
    }
}
