using Microsoft.Extensions.Logging.Abstractions;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.Events;
using Sensing.Streams;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Outbox;

public class OutboxDamageTests
{
    [Fact]
    public async Task A_file_that_is_no_database_is_set_aside_with_a_report_and_the_node_goes_on()
    {
        await using var fixture = new OutboxFixture();
        await fixture.CloseAsync();
        await File.WriteAllTextAsync(fixture.File, new string('?', 10_000), TestContext.Current.CancellationToken);

        OutboxRecovery recovery = Assert.IsType<OutboxRecovery>(fixture.Open().Recovery);
        Assert.True(File.Exists(recovery.SetAside));
        Assert.False(recovery.EventsComplete);
        Assert.Contains("file is not a database", recovery.Problem);
        await fixture.AppendAsync(EventMaker.Events(0, 1));
        Assert.Single(fixture.Outbox.Take(10));
    }

    [Fact]
    public async Task What_can_be_read_of_a_torn_file_is_saved_and_checkpoints_that_may_cover_missing_events_are_not_kept()
    {
        await using var fixture = new OutboxFixture();
        await fixture.AppendAsync(EventMaker.Events(0, 400, padding: 2000),
            new StreamCheckpoint("stream", "f", new SourcePosition("400"), new byte[1], Finished: false));
        await fixture.CloseAsync();
        Tear(fixture.File, from: 0.4, to: 0.6);

        fixture.Open();
        OutboxRecovery recovery = Assert.IsType<OutboxRecovery>(fixture.Outbox.Recovery);
        long[] saved = [.. fixture.Outbox.Take(1000).Select(entry => EventMaker.Number(entry.Event))];
        Assert.Equal(recovery.Events, saved.Length);
        Assert.InRange(saved.Length, 50, 399);
        Assert.Contains(0, saved);
        Assert.Contains(399, saved);
        Assert.Equal(saved.Order(), saved);
        Assert.Null(fixture.Outbox.LoadCheckpoint("stream"));
    }

    [Fact]
    public async Task An_outbox_that_cannot_be_opened_stops_the_node_and_is_never_replaced_by_memory()
    {
        using var folder = new TemporaryFolder();
        string file = folder["file"];
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        OutboxException error = Assert.Throws<OutboxException>(
            () => EventOutbox.Open(Path.Combine(file, "outbox.db"), new OutboxOptions(), TimeProvider.System, NullLogger.Instance));
        Assert.Contains("cannot be opened", error.Message);
        Assert.Contains(file, error.Message);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_alone()
    {
        await using var fixture = new OutboxFixture();
        await fixture.AppendAsync(EventMaker.Events(0, 1));
        await fixture.CloseAsync();
        using (Microsoft.Data.Sqlite.SqliteConnection connection = OutboxFile.Connect(fixture.File, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
        {
            OutboxSchema.Execute(connection, "PRAGMA user_version = 99");
        }

        Assert.Contains("newer version", Assert.Throws<OutboxException>(fixture.Open).Message);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(fixture.File)!, "outbox.db"));
    }

    [Fact]
    public async Task An_appended_event_comes_out_as_it_went_in()
    {
        await using var fixture = new OutboxFixture();
        SensorEvent sensorEvent = EventMaker.Event(7, EventPriority.Alarm, padding: 10);
        await fixture.AppendAsync([sensorEvent]);
        await fixture.ReopenAsync();

        OutboxEntry entry = Assert.Single(fixture.Outbox.Take(10));
        Assert.Equal(sensorEvent, entry.Event);
        Assert.Equal(EventMaker.Noon, entry.Committed);
    }

    private static void Tear(string file, double from, double to)
    {
        using FileStream stream = File.OpenWrite(file);
        long start = (long)(stream.Length * from);
        stream.Position = start;
        stream.Write(Enumerable.Repeat((byte)0xAB, (int)((stream.Length * to) - start)).ToArray());
    }
}
