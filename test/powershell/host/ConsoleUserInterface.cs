using System.Collections.ObjectModel;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace ConfigMgrSync.PowerShellHost;

/// <summary>Output to stdout, errors to stderr, both UTF-8 without a byte order mark; plain text as pwsh writes into a pipe.</summary>
internal sealed class ConsoleUserInterface(bool nonInteractive) : PSHostUserInterface
{
    private readonly ConsoleRawUserInterface raw = new();
    private readonly TextWriter output = Open(Console.OpenStandardOutput());
    private readonly TextWriter error = Open(Console.OpenStandardError());

    internal ProgressRecorder Progress { get; } = new(Environment.GetEnvironmentVariable("PSHOST_PROGRESS_FILE"));

    public override PSHostRawUserInterface RawUI => raw;

    public override void Write(string value) => output.Write(Plain(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => output.Write(Plain(value));

    public override void WriteLine(string value) => output.WriteLine(Plain(value));

    public override void WriteErrorLine(string value) => error.WriteLine(Plain(value));

    public override void WriteDebugLine(string message) => output.WriteLine("DEBUG: " + message);

    public override void WriteVerboseLine(string message) => output.WriteLine("VERBOSE: " + message);

    public override void WriteWarningLine(string message) => output.WriteLine("WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => Progress.Write(record);

    public override string ReadLine()
    {
        RefuseWhenNonInteractive();
        return Console.In.ReadLine();
    }

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (char c in ReadLine() ?? "")
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RefuseWhenNonInteractive();
        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (FieldDescription field in descriptions)
        {
            Write(field.Name + ": ");
            answers[field.Name] = PSObject.AsPSObject(ReadLine() ?? "");
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RefuseWhenNonInteractive();
        WriteLine(caption);
        WriteLine(message);
        string answer = ReadLine();
        int chosen = choices.ToList().FindIndex(c => string.Equals(c.Label.Replace("&", ""), answer, StringComparison.OrdinalIgnoreCase)
            || (c.Label.Contains('&') && string.Equals(c.Label[c.Label.IndexOf('&') + 1].ToString(), answer, StringComparison.OrdinalIgnoreCase)));
        return chosen < 0 ? defaultChoice : chosen;
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new PSNotSupportedException("This test host asks for no credentials.");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    /// <summary>Without colours, unless a script asked for them with $PSStyle.OutputRendering.</summary>
    private static string Plain(string value) => value is null ? null : GetOutputString(value, supportsVirtualTerminal: false);

    private static StreamWriter Open(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };

    private void RefuseWhenNonInteractive()
    {
        if (nonInteractive)
        {
            throw new PSInvalidOperationException("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");
        }
    }
}

internal sealed class ConsoleRawUserInterface : PSHostRawUserInterface
{
    private static readonly int Width = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out int columns) && columns > 1 ? columns : 120;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Size BufferSize { get; set; } = new(Width, 50);

    public override Size WindowSize { get; set; } = new(Width, 50);

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = "";

    public override bool KeyAvailable => false;

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new PSNotSupportedException();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new PSNotSupportedException();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new PSNotSupportedException();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
    }
}
