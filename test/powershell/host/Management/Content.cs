using System.Text;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
public sealed class GetContentCommand : PathCommand
{
    [Parameter]
    [Alias("First", "Head")]
    public long TotalCount { get; set; } = -1;

    [Parameter]
    [Alias("Last")]
    public int Tail { get; set; } = -1;

    [Parameter]
    public long ReadCount { get; set; } = 1;

    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    public string Delimiter { get; set; } = "\n";

    [Parameter]
    public object Encoding { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Existing())
        {
            Try(path, () =>
            {
                if (SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _) is var file && provider.Name != "FileSystem")
                {
                    foreach (var reader in InvokeProvider.Content.GetReader(path))
                    {
                        WriteObject(reader.Read(-1), true);
                        reader.Close();
                    }
                }
                else
                {
                    Read(file);
                }
            });
        }
    }

    private void Read(string file)
    {
        if (AsByteStream)
        {
            byte[] bytes = File.ReadAllBytes(file);
            WriteObject(bytes, !Raw);
            return;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, TextEncoding.Of(Encoding), detectEncodingFromByteOrderMarks: true);
        if (Raw)
        {
            WriteObject(reader.ReadToEnd());
            return;
        }

        IEnumerable<string> lines = Lines(reader);
        lines = TotalCount >= 0 ? lines.Take((int)TotalCount) : Tail >= 0 ? lines.TakeLast(Tail) : lines;
        int number = 0;
        foreach (string line in lines)
        {
            var item = new PSObject(line);
            item.Properties.Add(new PSNoteProperty("PSPath", "Microsoft.PowerShell.Core\\FileSystem::" + file));
            item.Properties.Add(new PSNoteProperty("ReadCount", (long)++number));
            WriteObject(item);
        }
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}

public abstract class WriteContentBase : PathCommand
{
    private readonly List<object> values = [];
    private string[] targets;

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object[] Value { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public object Encoding { get; set; }

    internal abstract FileMode Mode { get; }

    protected override void BeginProcessing() => targets = Targets;

    protected override void ProcessRecord()
    {
        targets ??= Targets;
        values.AddRange(Value ?? [null]);
    }

    protected override void EndProcessing()
    {
        foreach (string target in targets)
        {
            Try(target, () =>
            {
                foreach (string path in Expand(target, IsLiteral).Where(p => ShouldProcess(p)))
                {
                    using var stream = new FileStream(FilePath(path), Mode, FileAccess.Write, FileShare.Read);
                    Write(stream);
                }
            });
        }

        if (PassThru)
        {
            WriteObject(values, true);
        }
    }

    private void Write(FileStream stream)
    {
        if (AsByteStream)
        {
            stream.Write([.. values.Select(v => LanguagePrimitives.ConvertTo<byte>(v))]);
            return;
        }

        Encoding encoding = TextEncoding.Of(Encoding);
        using var writer = new StreamWriter(stream, stream.Position > 0 && encoding is UTF8Encoding ? new UTF8Encoding(false) : encoding);
        foreach (object value in values)
        {
            writer.Write(PSObject.AsPSObject(value ?? "").ToString() + (NoNewline ? "" : Environment.NewLine));
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class SetContentCommand : WriteContentBase
{
    internal override FileMode Mode => FileMode.Create;
}

[Cmdlet(VerbsCommon.Add, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class AddContentCommand : WriteContentBase
{
    internal override FileMode Mode => FileMode.Append;
}

[Cmdlet(VerbsCommon.Clear, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class ClearContentCommand : PathCommand
{
    protected override void ProcessRecord()
    {
        foreach (string path in Existing().Where(p => ShouldProcess(p)))
        {
            Try(path, () => InvokeProvider.Content.Clear([path], Force, literalPath: true));
        }
    }
}
