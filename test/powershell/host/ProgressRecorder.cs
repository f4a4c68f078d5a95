using System.Text.Json;

namespace ConfigMgrSync.PowerShellHost;

/// <summary>Progress bars are drawn nowhere; a test names a file in PSHOST_PROGRESS_FILE and finds one JSON line for each record.</summary>
internal sealed class ProgressRecorder(string path) : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter writer = string.IsNullOrEmpty(path) ? null : new StreamWriter(path, append: true) { AutoFlush = true };

    internal void Write(ProgressRecord record)
    {
        if (writer is null)
        {
            return;
        }

        string line = JsonSerializer.Serialize(new
        {
            activity = record.Activity,
            status = record.StatusDescription,
            percentComplete = record.PercentComplete,
            recordType = record.RecordType.ToString(),
            activityId = record.ActivityId,
            parentActivityId = record.ParentActivityId,
            currentOperation = record.CurrentOperation,
        });
        lock (gate)
        {
            writer.WriteLine(line);
        }
    }

    public void Dispose() => writer?.Dispose();
}
