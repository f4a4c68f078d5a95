namespace ConfigMgrSync.PowerShellHost;

/// <summary>Arguments of pwsh: switches by any unambiguous prefix, then -File or -Command with the rest.</summary>
internal sealed class CommandLine
{
    internal bool NonInteractive { get; private set; }
    internal bool ServerMode { get; private set; }
    internal bool ShowVersion { get; private set; }
    internal string WorkingDirectory { get; private set; }
    internal string File { get; private set; }
    internal string Command { get; private set; }
    internal string Error { get; private set; }
    internal List<string> Arguments { get; } = [];

    internal static CommandLine Parse(string[] args)
    {
        var result = new CommandLine();
        for (int i = 0; i < args.Length && result.Error is null; i++)
        {
            string name = args[i].StartsWith('-') ? args[i].TrimStart('-').ToLowerInvariant() : null;
            switch (name)
            {
                case "nologo" or "nol" or "noprofile" or "nop" or "mta" or "sta" or "noprofileloadtime":
                    break;
                case "noninteractive" or "noni":
                    result.NonInteractive = true;
                    break;
                case "servermode" or "s":
                    result.ServerMode = true;
                    break;
                case "version" or "v":
                    result.ShowVersion = true;
                    break;
                case "executionpolicy" or "ex" or "ep" or "outputformat" or "o" or "of" or "inputformat" or "if" or "windowstyle" or "w":
                    i++;
                    break;
                case "workingdirectory" or "wd":
                    result.WorkingDirectory = i + 1 < args.Length ? args[++i] : null;
                    break;
                case "encodedcommand" or "e" or "ec":
                    result.Command = System.Text.Encoding.Unicode.GetString(Convert.FromBase64String(args[++i]));
                    break;
                case "command" or "c":
                    string rest = string.Join(' ', args.Skip(i + 1));
                    result.Command = rest == "-" ? Console.In.ReadToEnd() : rest;
                    return result;
                default:
                    result.TakeFile(args, name is "file" or "f" ? i + 1 : i);
                    return result;
            }
        }

        if (!result.ServerMode && !result.ShowVersion && result.Command is null)
        {
            result.Command = Console.In.ReadToEnd();
        }

        return result;
    }

    private void TakeFile(string[] args, int at)
    {
        if (at >= args.Length || (args[at].StartsWith('-') && args[at].Length > 1))
        {
            Error = at < args.Length ? $"The argument '{args[at]}' is not recognized." : "The -File parameter requires a file path as an argument.";
            return;
        }

        if (args[at] == "-")
        {
            Command = Console.In.ReadToEnd();
            return;
        }

        File = Path.GetFullPath(args[at]);
        if (!System.IO.File.Exists(File))
        {
            Error = $"The argument '{args[at]}' is not recognized as the name of a script file. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.";
        }

        Arguments.AddRange(args.Skip(at + 1));
    }
}
