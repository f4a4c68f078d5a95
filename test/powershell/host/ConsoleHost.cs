using System.Globalization;
using System.Management.Automation.Host;

namespace ConfigMgrSync.PowerShellHost;

internal sealed class ConsoleHost(bool nonInteractive) : PSHost
{
    private readonly ConsoleUserInterface ui = new(nonInteractive);

    internal int? ExitCode { get; private set; }

    internal ProgressRecorder Progress => ui.Progress;

    /// <summary>As in pwsh, so that scripts which look at it take the same path.</summary>
    public override string Name => "ConsoleHost";

    public override Version Version { get; } = System.Version.Parse(Program.EngineVersion.Split('-')[0]);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => ui;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new PSNotSupportedException();

    public override void ExitNestedPrompt() => throw new PSNotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
