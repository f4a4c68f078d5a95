using System.Text;
using ConfigMgrSync.PowerShellHost;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

/// <summary>Hands the lines of the engine's formatted output on, one by one.</summary>
internal sealed class LineSink(Action<string> onLine) : TextWriter
{
    private readonly StringBuilder current = new();

    public override Encoding Encoding => Encoding.Unicode;

    public override void Write(char value) => current.Append(value);

    public override void Write(string value) => current.Append(value);

    public override void WriteLine() => WriteLine("");

    public override void WriteLine(string value)
    {
        string line = current.Append(value).ToString();
        current.Clear();
        onLine(line);
    }

    internal void Finish()
    {
        if (current.Length > 0)
        {
            WriteLine("");
        }
    }
}

/// <summary>Base of Out-String and Out-File: the engine's output manager over a text writer.</summary>
public abstract class OutTextBase : FrontEndCommandBase
{
    private LineSink sink;

    protected OutTextBase() => Engine.Set(this, "implementation", Engine.New(Engine.FormatType("OutputManagerInner")));

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; }

    protected override void BeginProcessing()
    {
        sink = new LineSink(OnLine);
        object lines = Engine.New(Engine.FormatType("TextWriterLineOutput"), sink, Width > 0 ? Width : DefaultWidth);
        Engine.Set(Engine.Get(this, "implementation"), "LineOutput", lines);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        sink.Finish();
    }

    protected virtual int DefaultWidth => int.MaxValue;

    protected abstract void OnLine(string line);
}

[Cmdlet(VerbsData.Out, "String", DefaultParameterSetName = "NoNewLineFormatting")]
[OutputType(typeof(string))]
public class OutStringCommand : OutTextBase
{
    private readonly StringBuilder text = new();

    [Parameter(ParameterSetName = "StreamFormatting")]
    public SwitchParameter Stream { get; set; }

    [Parameter(ParameterSetName = "NoNewLineFormatting")]
    public SwitchParameter NoNewline { get; set; }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (!Stream)
        {
            WriteObject(text.ToString());
        }
    }

    protected override void OnLine(string line)
    {
        if (Stream)
        {
            WriteObject(line);
        }
        else
        {
            text.Append(line).Append(NoNewline ? "" : Environment.NewLine);
        }
    }
}

[Cmdlet(VerbsData.Out, "File", SupportsShouldProcess = true, DefaultParameterSetName = "ByPath")]
public class OutFileCommand : OutTextBase
{
    private StreamWriter file;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ByPath")]
    [Alias("Path")]
    public string FilePath { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; }

    [Parameter(Position = 1)]
    public object Encoding { get; set; }

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected override void BeginProcessing()
    {
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(FilePath ?? LiteralPath);
        if (NoClobber && File.Exists(path))
        {
            ThrowTerminatingError(new ErrorRecord(new IOException($"The file '{path}' already exists."), "NoClobber", ErrorCategory.ResourceExists, path));
        }

        if (ShouldProcess(path))
        {
            try
            {
                file = new StreamWriter(path, Append, TextEncoding.Of(Encoding));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                ThrowTerminatingError(new ErrorRecord(e, "FileOpenFailure", ErrorCategory.OpenError, path));
            }
        }

        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        file?.Dispose();
    }

    protected override void InternalDispose()
    {
        base.InternalDispose();
        file?.Dispose();
    }

    protected override void OnLine(string line)
    {
        if (NoNewline)
        {
            file?.Write(line);
        }
        else
        {
            file?.WriteLine(line);
        }
    }
}
