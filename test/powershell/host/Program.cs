namespace ConfigMgrSync.PowerShellHost;

/// <summary>The command line of pwsh as far as tests use it.</summary>
internal static class Program
{
    private const int UsageError = 64;

    private static int Main(string[] args)
    {
        // Children such as Start-Job use the program beside this one, which has to find the same .NET.
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is null)
        {
            string runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
            Environment.SetEnvironmentVariable("DOTNET_ROOT", Path.GetFullPath(Path.Combine(runtime, "..", "..", "..")));
        }

        var options = CommandLine.Parse(args);
        if (options.Error is not null)
        {
            Console.Error.WriteLine(options.Error);
            return UsageError;
        }

        if (options.ShowVersion)
        {
            Console.Out.WriteLine("PowerShell " + EngineVersion);
            return 0;
        }

        SetModulePath();
        if (options.ServerMode)
        {
            Type mediator = typeof(PSObject).Assembly.GetType("System.Management.Automation.Remoting.Server.StdIOProcessMediator");
            Engine.CallStatic(mediator, "Run", "", options.WorkingDirectory, null, null, false);
            return 0;
        }

        if (options.WorkingDirectory is not null)
        {
            Directory.SetCurrentDirectory(options.WorkingDirectory);
        }

        return new ScriptRunner(new ConsoleHost(options.NonInteractive)).Run(options);
    }

    internal static string EngineVersion => PSVersionInfo.PSVersion.ToString();

    /// <summary>As pwsh does at its start: user modules, shared modules, the modules beside the engine, then what the environment had.</summary>
    private static void SetModulePath() =>
        Engine.CallStatic(typeof(PSObject).Assembly.GetType("System.Management.Automation.ModuleIntrinsics"), "SetModulePath");
}
