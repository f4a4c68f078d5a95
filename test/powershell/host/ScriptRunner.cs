using System.Collections.ObjectModel;
using System.Management.Automation.Runspaces;

namespace ConfigMgrSync.PowerShellHost;

/// <summary>Runs one script file or command as pwsh does: through Out-Default, errors merged into it, exit code from `exit`, $? or a terminating error.</summary>
internal sealed class ScriptRunner(ConsoleHost host)
{
    private readonly Lock gate = new();
    private Pipeline running;
    private bool cancelled;

    internal int Run(CommandLine options)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            Cancel();
        };

        Pipeline main = options.File is null ? runspace.CreatePipeline(options.Command, addToHistory: true) : FilePipeline(runspace, options);
        Exception failure = Execute(main);
        if (failure is not null)
        {
            Report(runspace, failure);
        }

        int exitCode = host.ExitCode ?? (failure is null && LastSucceeded(runspace) ? 0 : 1);
        host.Progress.Dispose();
        return exitCode;
    }

    private static Pipeline FilePipeline(Runspace runspace, CommandLine options)
    {
        Pipeline pipeline = runspace.CreatePipeline();
        var script = new Command(options.File, isScript: false, useLocalScope: false);
        foreach (CommandParameter parameter in Parameters(options.Arguments))
        {
            script.Parameters.Add(parameter);
        }

        pipeline.Commands.Add(script);
        Engine.Set(Engine.Get(runspace, "ExecutionContext"), "ScriptCommandProcessorShouldRethrowExit", true);
        return pipeline;
    }

    /// <summary>"-Name value", "-Name:value" and "-Switch" become parameters; the rest stays positional.</summary>
    private static IEnumerable<CommandParameter> Parameters(List<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string text = arguments[i];
            if (text.Length < 2 || text[0] != '-' || !(char.IsLetter(text[1]) || text[1] == '_'))
            {
                yield return new CommandParameter(null, text);
                continue;
            }

            int colon = text.IndexOf(':');
            string value = colon < 0 ? null : text[(colon + 1)..];
            string name = colon < 0 ? text : text[..colon];
            yield return value switch
            {
                null => i + 1 < arguments.Count && !arguments[i + 1].StartsWith('-') ? new CommandParameter(name, arguments[++i]) : new CommandParameter(name),
                "$true" => new CommandParameter(name, true),
                "$false" => new CommandParameter(name, false),
                _ => new CommandParameter(name, value),
            };
        }
    }

    private Exception Execute(Pipeline pipeline)
    {
        if (pipeline.Commands.Count == 1)
        {
            pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        }

        var outDefault = new Command("Out-Default", isScript: false, useLocalScope: true)
        {
            MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output,
        };
        pipeline.Commands.Add(outDefault);
        lock (gate)
        {
            if (cancelled)
            {
                return new PipelineStoppedException();
            }

            running = pipeline;
        }

        try
        {
            Collection<PSObject> leftOver = pipeline.Invoke();
            _ = leftOver;
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
        finally
        {
            lock (gate)
            {
                running = null;
            }
        }
    }

    private void Cancel()
    {
        lock (gate)
        {
            cancelled = true;
            running?.StopAsync();
        }
    }

    private void Report(Runspace runspace, Exception failure)
    {
        if (failure is PipelineStoppedException)
        {
            return;
        }

        var record = (failure as IContainsErrorRecord)?.ErrorRecord ?? new ErrorRecord(failure, "ConsoleHost.ReportException", ErrorCategory.NotSpecified, null);
        var wrapped = new PSObject(record);
        Engine.Set(wrapped, "WriteStream", Enum.Parse(Engine.Type("System.Management.Automation.WriteStreamType"), "Error"));
        Pipeline pipeline = runspace.CreatePipeline();
        pipeline.Input.Write(wrapped);
        if (Execute(pipeline) is not null)
        {
            Console.Error.WriteLine(failure.Message);
        }
    }

    private static bool LastSucceeded(Runspace runspace)
    {
        using Pipeline pipeline = runspace.CreatePipeline("$global:?");
        return LanguagePrimitives.IsTrue(pipeline.Invoke().FirstOrDefault());
    }
}
