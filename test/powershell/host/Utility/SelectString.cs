using System.Text.RegularExpressions;

namespace Microsoft.PowerShell.Commands;

public class MatchInfo
{
    public bool IgnoreCase { get; set; }

    public int LineNumber { get; set; }

    public string Line { get; set; } = "";

    public string Filename => System.IO.Path.GetFileName(Path);

    public string Path { get; set; } = "InputStream";

    public string Pattern { get; set; }

    public Match[] Matches { get; set; } = [];

    /// <summary>Called by the engine's own view of this class.</summary>
    public string ToEmphasizedString(string directory) => ToString();

    public override string ToString() => Path == "InputStream" ? Line : $"{Path}:{LineNumber}:{Line}";
}

[Cmdlet(VerbsCommon.Select, "String", DefaultParameterSetName = "File")]
public sealed class SelectStringCommand : PSCmdlet
{
    private int streamLine;

    [Parameter(ValueFromPipeline = true, Mandatory = true, ParameterSetName = "Object")]
    [Parameter(ValueFromPipeline = true, Mandatory = true, ParameterSetName = "ObjectRaw")]
    [AllowNull]
    [AllowEmptyString]
    public PSObject InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 0)]
    public string[] Pattern { get; set; }

    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "File")]
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "FileRaw")]
    public string[] Path { get; set; }

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralFile")]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralFileRaw")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; }

    [Parameter]
    public SwitchParameter SimpleMatch { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter(ParameterSetName = "Object")]
    [Parameter(ParameterSetName = "File")]
    [Parameter(ParameterSetName = "LiteralFile")]
    public SwitchParameter Quiet { get; set; }

    [Parameter]
    public SwitchParameter List { get; set; }

    [Parameter]
    public SwitchParameter NotMatch { get; set; }

    [Parameter]
    public SwitchParameter AllMatches { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "ObjectRaw")]
    [Parameter(Mandatory = true, ParameterSetName = "FileRaw")]
    [Parameter(Mandatory = true, ParameterSetName = "LiteralFileRaw")]
    public SwitchParameter Raw { get; set; }

    private bool found;

    protected override void ProcessRecord()
    {
        if ((LiteralPath ?? Path) is null)
        {
            Test(InputObject?.BaseObject is FileInfo file ? File.ReadAllLines(file.FullName) : [InputObject?.ToString() ?? ""], (InputObject?.BaseObject as FileInfo)?.FullName);
            return;
        }

        foreach (string path in (LiteralPath?.Select(WildcardPattern.Escape) ?? Path).SelectMany(p => SessionState.Path.GetResolvedProviderPathFromPSPath(p, out _)))
        {
            Test(File.ReadAllLines(path), path);
        }
    }

    protected override void EndProcessing()
    {
        if (Quiet)
        {
            WriteObject(found);
        }
    }

    private void Test(string[] lines, string path)
    {
        RegexOptions options = CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase;
        for (int i = 0; i < lines.Length; i++)
        {
            int number = path is null ? ++streamLine : i + 1;
            (string pattern, Match[] matches) = Pattern
                .Select(p => (p, Regex.Matches(lines[i], SimpleMatch ? Regex.Escape(p) : p, options).ToArray()))
                .FirstOrDefault(m => m.Item2.Length > 0);
            if ((matches is not null) == NotMatch)
            {
                continue;
            }

            found = true;
            if (!Quiet)
            {
                Match[] kept = matches is null || SimpleMatch ? [] : AllMatches ? matches : matches[..1];
                var info = new MatchInfo { IgnoreCase = !CaseSensitive, Line = lines[i], LineNumber = number, Path = path ?? "InputStream", Pattern = pattern ?? Pattern[0], Matches = kept };
                WriteObject(Raw ? info.Line : info);
            }

            if (List && path is not null)
            {
                return;
            }
        }
    }
}
