using System.Globalization;
using System.Management.Automation.Language;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.Export, "Clixml", SupportsShouldProcess = true)]
public sealed class ExportClixmlCommand : PSCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; }

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject InputObject { get; set; }

    [Parameter]
    public int Depth { get; set; } = 2;

    [Parameter]
    public object Encoding { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => items.Add(InputObject);

    protected override void EndProcessing()
    {
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (ShouldProcess(path))
        {
            // Enumerating keeps each input an object of its own, as the real cmdlet writes them.
            string xml = items.Count == 1
                ? PSSerializer.Serialize(items[0], Depth)
                : (string)ConfigMgrSync.PowerShellHost.Engine.CallStatic(typeof(PSSerializer), "Serialize", new List<object>(items), Depth, true);
            File.WriteAllText(path, xml, TextEncoding.Of(Encoding));
        }
    }
}

[Cmdlet(VerbsData.Import, "Clixml")]
public sealed class ImportClixmlCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            string xml = File.ReadAllText(SessionState.Path.GetUnresolvedProviderPathFromPSPath(path));
            foreach (object item in PSSerializer.DeserializeAsList(xml))
            {
                WriteObject(item);
            }
        }
    }
}

[Cmdlet(VerbsData.Import, "PowerShellDataFile", DefaultParameterSetName = "ByPath")]
public sealed class ImportPowerShellDataFileCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; }

    [Parameter]
    public SwitchParameter SkipLimitCheck { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string given in Path)
        {
            string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(given);
            Ast data = Parser.ParseFile(path, out _, out ParseError[] errors).Find(a => a is HashtableAst, false);
            if (errors.Length > 0 || data is null)
            {
                WriteError(new ErrorRecord(new InvalidOperationException($"The file '{path}' could not be parsed as a PowerShell Data File."), "CouldNotParseAsPowerShellDataFile", ErrorCategory.InvalidData, path));
                continue;
            }

            WriteObject(data.SafeGetValue());
        }
    }
}

[Cmdlet(VerbsData.Import, "LocalizedData")]
public sealed class ImportLocalizedDataCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    [Alias("Variable")]
    public string BindingVariable { get; set; }

    [Parameter(Position = 1)]
    public string UICulture { get; set; } = CultureInfo.CurrentUICulture.Name;

    [Parameter]
    public string BaseDirectory { get; set; }

    [Parameter]
    public string FileName { get; set; }

    [Parameter]
    public string[] SupportedCommand { get; set; }

    protected override void ProcessRecord()
    {
        string folder = BaseDirectory ?? System.IO.Path.GetDirectoryName(MyInvocation.ScriptName);
        string name = System.IO.Path.GetFileNameWithoutExtension(FileName ?? MyInvocation.ScriptName) + ".psd1";
        string culture = UICulture;
        string[] candidates = [System.IO.Path.Combine(folder, culture, name), System.IO.Path.Combine(folder, culture.Split('-')[0], name), System.IO.Path.Combine(folder, "en-US", name), System.IO.Path.Combine(folder, name)];
        string found = candidates.FirstOrDefault(File.Exists);
        if (found is null)
        {
            WriteError(new ErrorRecord(new PSInvalidOperationException($"Cannot find the Windows PowerShell data file '{name}' in directory '{folder}'."), "ImportLocalizedData", ErrorCategory.ObjectNotFound, name));
            return;
        }

        object data = InvokeCommand.InvokeScript(false, ScriptBlock.Create(File.ReadAllText(found)), null).FirstOrDefault();
        if (BindingVariable is null)
        {
            WriteObject(data);
        }
        else
        {
            SessionState.PSVariable.Set(BindingVariable, data is PSObject wrapped ? wrapped.BaseObject : data);
        }
    }
}

[Cmdlet(VerbsData.ConvertFrom, "StringData")]
public sealed class ConvertFromStringDataCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string StringData { get; set; }

    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = '=';

    protected override void ProcessRecord()
    {
        var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (string line in StringData.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            string[] parts = line.Split(Delimiter, 2);
            table[parts[0].Trim()] = parts.Length > 1 ? System.Text.RegularExpressions.Regex.Unescape(parts[1].Trim()) : "";
        }

        WriteObject(table);
    }
}

[Cmdlet(VerbsData.ConvertTo, "Csv")]
public sealed class ConvertToCsvCommand : PSCmdlet
{
    private string[] columns;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; }

    [Parameter]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    public SwitchParameter NoTypeInformation { get; set; }

    protected override void ProcessRecord()
    {
        if (columns is null)
        {
            columns = [.. InputObject.Properties.Select(p => p.Name)];
            WriteObject(string.Join(Delimiter, columns.Select(Quote)));
        }

        WriteObject(string.Join(Delimiter, columns.Select(c => InputObject.Properties[c]?.Value is { } value ? Quote(LanguagePrimitives.ConvertTo<string>(value)) : "")));
    }

    private static string Quote(string text) => '"' + text.Replace("\"", "\"\"") + '"';
}
