using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Models;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.Publishing;
using Sensing.EdgeNode.Status;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary>Looks over what a node needs, without starting it and without disturbing one that runs.</summary>
public sealed class Doctor(NodeOptions options, string baseDirectory, ModuleCatalogue modules, TimeProvider time, TimeSpan wait)
{
    /// <summary>A clock further off than this confuses whoever compares event times of two nodes, s.</summary>
    private const double TolerableOffset = 0.5;

    public async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (StreamOptions stream in options.Streams)
        {
            yield return await SourceAsync(stream, cancellation);
        }

        yield return await BrokerAsync(cancellation);
        yield return Clock(ClockState.Read());
        foreach (Finding finding in Disk())
        {
            yield return finding;
        }
    }

    internal static Finding Clock(ClockState clock) => clock switch
    {
        { Synchronised: null } => new Finding(FindingGrade.Doubtful, "clock", "the system does not tell whether something keeps its clock"),
        { Synchronised: false } => new Finding(FindingGrade.Doubtful, "clock", "nothing keeps it: set up NTP (systemd-timesyncd, chrony), or event times may be wrong"),
        { OffsetSeconds: { } offset } when Math.Abs(offset) > TolerableOffset =>
            new Finding(FindingGrade.Doubtful, "clock", $"it is kept, but {offset:+0.000;-0.000} s off"),
        _ => new Finding(FindingGrade.Well, "clock", $"kept, {clock.OffsetSeconds:+0.000000;-0.000000} s off, at most {clock.MaxErrorSeconds:F3} s"),
    };

    private async Task<Finding> SourceAsync(StreamOptions stream, CancellationToken cancellation)
    {
        string subject = $"stream {stream.Name}, source {stream.Source!.Type}";
        using var timeout = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var first = new FirstSample(either.Token);
        try
        {
            var context = new StreamContext(new StreamAddress(options.Site, options.Node, stream.Name), time, baseDirectory)
            {
                Models = NodeModels.Of(options.Models, baseDirectory),
            };
            string found = await modules.Streams.Visit(stream.Source, stream.Pipeline!, context, first)
                .WaitAsync(wait + wait, time, cancellation);
            RecordingFacts? facts = modules.Find(stream.Pipeline!.Type)?.Inspect(stream.Source, context);
            return new Finding(FindingGrade.Well, subject, facts is null ? found : $"{found}; {facts}");
        }
        catch (Exception error) when (error is TimeoutException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Finding(FindingGrade.Fails, subject, $"opened, but yields no sample within {wait.TotalSeconds:R} s{first.Told}");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever a source throws is a finding, not an end: the other things are still looked at.
            return new Finding(FindingGrade.Fails, subject, error.Message);
        }
    }

    private async Task<Finding> BrokerAsync(CancellationToken cancellation)
    {
        string subject = $"broker {options.Mqtt.Host}:{options.Mqtt.Port}";
        try
        {
            string found = await BrokerProbe.AskAsync(options, baseDirectory, wait, time, cancellation);
            return new Finding(FindingGrade.Well, subject, found);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            Exception cause = error;
            while (cause.InnerException is { } inner && cause is not ConnectionRefusedException)
            {
                cause = inner;
            }

            return new Finding(FindingGrade.Fails, subject, $"{cause.Message} (Events would be kept in the outbox.)");
        }
    }

    private IEnumerable<Finding> Disk()
    {
        string folder = Path.GetFullPath(options.DataDirectory, baseDirectory);
        string path = Path.Combine(folder, "outbox.db");
        string existing = folder;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        double free = new DriveInfo(existing).AvailableFreeSpace / 1e6;
        double wanted = options.Outbox.MaxMegabytes + options.Outbox.DeadLetterMegabytes;
        yield return new Finding(free < wanted ? FindingGrade.Doubtful : FindingGrade.Well, $"disk of {folder}",
            free < wanted ? $"{free:F0} MB free, yet the outbox may grow to {wanted:F0} MB" : $"{free:F0} MB free");
        if (!File.Exists(path))
        {
            yield return new Finding(FindingGrade.Well, "outbox", "none yet; it is made at the first start");
            yield break;
        }

        yield return Outbox(path);
    }

    private static Finding Outbox(string path)
    {
        try
        {
            using SqliteConnection connection = OutboxFile.OpenReader(path);
            object? events = OutboxSchema.Scalar(connection, "SELECT count(*) FROM event");
            object? dead = OutboxSchema.Scalar(connection, "SELECT count(*) FROM dead");
            object? checkpoints = OutboxSchema.Scalar(connection, "SELECT count(*) FROM checkpoint");
            int aside = Directory.GetFiles(Path.GetDirectoryName(path)!, "outbox.db.damaged-*")
                .Count(file => char.IsAsciiDigit(file[^1]));
            string text = $"{new FileInfo(path).Length / 1e6:F1} MB, {events} unsent events, {dead} dead letters, {checkpoints} checkpoints"
                + (aside > 0 ? $"; {aside} damaged outboxes lie beside it" : "");
            return new Finding(dead is > 0L || aside > 0 ? FindingGrade.Doubtful : FindingGrade.Well, "outbox", text);
        }
        catch (SqliteException error)
        {
            return new Finding(FindingGrade.Fails, "outbox", $"{path}: {error.Message}. The node would set it aside and save what it can.");
        }
    }
}
