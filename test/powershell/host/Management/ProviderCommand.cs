using System.Collections.ObjectModel;

namespace Microsoft.PowerShell.Commands;

/// <summary>Cmdlets over the engine's own provider interface: paths with wildcards or literal, errors of the provider as errors of the cmdlet.</summary>
public abstract class ProviderCommand : PSCmdlet
{
    [Parameter]
    public string Filter { get; set; }

    [Parameter]
    public string[] Include { get; set; } = [];

    [Parameter]
    public string[] Exclude { get; set; } = [];

    [Parameter]
    public virtual SwitchParameter Force { get; set; }

    /// <summary>Runs one provider call; what it throws becomes a non-terminating error with the provider's own id.</summary>
    internal bool Try(object target, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (Exception e) when (e is IContainsErrorRecord and not ParameterBindingException)
        {
            ErrorRecord inner = ((IContainsErrorRecord)e).ErrorRecord;
            WriteError(new ErrorRecord(inner, e is ProviderInvocationException { InnerException: not null } ? e.InnerException : e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            WriteError(new ErrorRecord(e, e.GetType().Name, ErrorCategory.WriteError, target));
        }

        return false;
    }

    internal IEnumerable<PSObject> Select(IEnumerable<PSObject> items) => items.Where(item =>
    {
        string name = item.Properties["PSChildName"]?.Value as string ?? item.ToString();
        return (Filter is null || Like(name, Filter))
            && (Include.Length == 0 || Include.Any(p => Like(name, p)))
            && !Exclude.Any(p => Like(name, p));
    });

    /// <summary>The paths a command acts on: wildcards resolved, or the path as it stands.</summary>
    internal Collection<string> Expand(string path, bool literal) => literal || !WildcardPattern.ContainsWildcardCharacters(path)
        ? [path]
        : new Collection<string>([.. SessionState.Path.GetResolvedPSPathFromPSPath(path).Select(p => p.Path)]);

    internal string FilePath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    private static bool Like(string name, string pattern) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name);
}

/// <summary>With the pair -Path and -LiteralPath that nearly all of them have.</summary>
public abstract class PathCommand : ProviderCommand
{
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; }

    internal bool IsLiteral => LiteralPath is not null;

    internal string[] Targets => LiteralPath ?? Path;

    /// <summary>Every existing target; a missing one is the error that the real cmdlets give.</summary>
    internal IEnumerable<string> Existing()
    {
        foreach (string target in Targets)
        {
            Collection<string> found = [];
            bool wildcard = !IsLiteral && WildcardPattern.ContainsWildcardCharacters(target);
            if (!Try(target, () => found = wildcard || InvokeProvider.Item.Exists(target, force: true, IsLiteral) ? Expand(target, IsLiteral) : []))
            {
                continue;
            }

            if (found.Count == 0 && !wildcard)
            {
                WriteError(new ErrorRecord(new ItemNotFoundException($"Cannot find path '{FilePath(target)}' because it does not exist."), "PathNotFound", ErrorCategory.ObjectNotFound, FilePath(target)));
            }

            foreach (string path in found)
            {
                yield return path;
            }
        }
    }
}
