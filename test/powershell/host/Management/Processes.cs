using System.ComponentModel;
using System.Diagnostics;

namespace Microsoft.PowerShell.Commands;

public class ProcessCommandException(string message) : SystemException(message);

public abstract class ProcessCommand : PSCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "Name", ValueFromPipelineByPropertyName = true)]
    [Alias("ProcessName")]
    public string[] Name { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Id", ValueFromPipelineByPropertyName = true)]
    [Alias("PID")]
    public int[] Id { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    public Process[] InputObject { get; set; }

    internal IEnumerable<Process> Matching()
    {
        if (InputObject is not null)
        {
            return InputObject;
        }

        return Id is not null ? ById() : ByName(Name ?? ["*"]);
    }

    private List<Process> ById()
    {
        var found = new List<Process>();
        foreach (int id in Id)
        {
            try
            {
                found.Add(Process.GetProcessById(id));
            }
            catch (ArgumentException)
            {
                WriteError(new ErrorRecord(new ProcessCommandException($"Cannot find a process with the process identifier {id}."), "NoProcessFoundForGivenId", ErrorCategory.ObjectNotFound, id));
            }
        }

        return found;
    }

    private List<Process> ByName(string[] names)
    {
        var found = new List<Process>();
        Process[] all = Process.GetProcesses();
        foreach (string name in names)
        {
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            Process[] these = [.. all.Where(p => pattern.IsMatch(p.ProcessName)).OrderBy(p => p.ProcessName, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Id)];
            if (these.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(new ErrorRecord(new ProcessCommandException($"Cannot find a process with the name \"{name}\". Verify the process name and call the cmdlet again."), "NoProcessFoundForGivenName", ErrorCategory.ObjectNotFound, name));
            }

            found.AddRange(these);
        }

        return found;
    }
}

[Cmdlet(VerbsCommon.Get, "Process", DefaultParameterSetName = "Name")]
public sealed class GetProcessCommand : ProcessCommand
{
    protected override void ProcessRecord() => WriteObject(Matching(), true);
}

[Cmdlet(VerbsLifecycle.Stop, "Process", DefaultParameterSetName = "Id", SupportsShouldProcess = true)]
public sealed class StopProcessCommand : ProcessCommand
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (Process process in Matching().Where(p => ShouldProcess($"{p.ProcessName} ({p.Id})")))
        {
            try
            {
                process.Kill();
                WriteObject(PassThru ? new[] { process } : [], true);
            }
            catch (Exception e) when (e is Win32Exception or InvalidOperationException)
            {
                WriteError(new ErrorRecord(new ProcessCommandException($"Cannot stop process \"{process.Id}\" because of the following error: {e.Message}"), "CouldNotStopProcess", ErrorCategory.CloseError, process));
            }
        }
    }
}

[Cmdlet(VerbsLifecycle.Wait, "Process", DefaultParameterSetName = "Name")]
public sealed class WaitProcessCommand : ProcessCommand
{
    private readonly CancellationTokenSource stopped = new();

    [Parameter(Position = 1)]
    [Alias("TimeoutSec")]
    public int Timeout { get; set; } = -1;

    protected override void ProcessRecord()
    {
        foreach (Process process in Matching())
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopped.Token);
            limit.CancelAfter(Timeout < 0 ? -1 : Timeout * 1000);
            try
            {
                process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                WriteError(new ErrorRecord(new TimeoutException($"Process \"{process.ProcessName} ({process.Id})\" has not exited within the specified time-out."), "ProcessNotTerminated", ErrorCategory.CloseError, process));
            }
        }
    }

    protected override void StopProcessing() => stopped.Cancel();
}

[Cmdlet(VerbsLifecycle.Start, "Process", SupportsShouldProcess = true)]
public sealed class StartProcessCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("PSPath", "Path")]
    public string FilePath { get; set; }

    [Parameter(Position = 1)]
    [Alias("Args")]
    public string[] ArgumentList { get; set; } = [];

    [Parameter]
    public string WorkingDirectory { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    [Alias("nnw")]
    public SwitchParameter NoNewWindow { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void EndProcessing()
    {
        var start = new ProcessStartInfo(FilePath, string.Join(' ', ArgumentList))
        {
            UseShellExecute = false,
            WorkingDirectory = WorkingDirectory ?? SessionState.Path.CurrentFileSystemLocation.ProviderPath,
        };
        try
        {
            Process process = Process.Start(start);
            WriteObject(PassThru ? new[] { process } : [], true);
            if (Wait)
            {
                process.WaitForExit();
            }
        }
        catch (Win32Exception e)
        {
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException($"This command cannot be run due to the error: {e.Message}", e), "InvalidOperationException", ErrorCategory.InvalidOperation, null));
        }
    }
}
