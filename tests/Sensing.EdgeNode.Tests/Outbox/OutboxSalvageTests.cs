using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.Streams;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Outbox;

/// <summary>What disks do to an outbox: nothing that can be read is lost, and nothing is lost without a report.</summary>
public class OutboxSalvageTests
{
    [Theory]
    [InlineData("moving, nothing moved yet")]
    [InlineData("moving, the log moved")]
    [InlineData("copying, half a new file")]
    [InlineData("copying, the new file in place")]
    public async Task A_salvage_that_was_killed_is_gone_on_with_and_saves_and_reports_all(string killed)
    {
        await using var fixture = new OutboxFixture();
        await fixture.AppendAsync(EventMaker.Events(0, 300, padding: 500));
        await fixture.CloseAsync();
        Flip(fixture.File, share: 0.5);
        OutboxMove move = OutboxMove.Begin(fixture.File, "a test", EventMaker.Noon);
        if (killed.Contains("log moved", StringComparison.Ordinal))
        {
            File.Move(OutboxMark.PathOf(fixture.File), move.Aside + ".mark");
        }
        else if (killed.StartsWith("copying", StringComparison.Ordinal))
        {
            move.MoveFiles();
            await File.WriteAllBytesAsync(move.New, new byte[5000], TestContext.Current.CancellationToken);
            if (killed.Contains("in place", StringComparison.Ordinal))
            {
                OutboxFile.Salvage(move);
                await File.WriteAllTextAsync(fixture.File + ".salvage", $"copying\n{Path.GetFileName(move.Aside)}\na test\n", TestContext.Current.CancellationToken);
            }
        }

        fixture.Open();
        OutboxRecovery recovery = Assert.IsType<OutboxRecovery>(fixture.Outbox.Recovery);
        Assert.True(File.Exists(recovery.SetAside));
        Assert.InRange(fixture.Outbox.Take(1000).Count, 298, 299);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(fixture.File)!, "*.salvage*"));

        // Reported until the node has told it, and then no more.
        await fixture.ReopenAsync();
        Assert.NotNull(fixture.Outbox.Recovery);
        await fixture.Outbox.ReportRecoveryAsync(EventMaker.Event(9999), TestContext.Current.CancellationToken);
        await fixture.ReopenAsync();
        Assert.Null(fixture.Outbox.Recovery);
    }

    [Theory]
    [InlineData("UPDATE event SET time = -5 WHERE seq = 7")]
    [InlineData("UPDATE event SET priority = 99 WHERE seq = 7")]
    [InlineData("UPDATE event SET data = '{\"number\":8}' WHERE seq = 7")]
    [InlineData("UPDATE event SET age = 9223372036854775807 WHERE seq = 7")]
    public async Task An_implausible_row_is_set_aside_and_the_others_are_delivered(string damage)
    {
        await using var fixture = new OutboxFixture();
        await fixture.AppendAsync(EventMaker.Events(0, 20));
        await fixture.CloseAsync();
        Execute(fixture.File, damage);

        Assert.False(Assert.IsType<OutboxRecovery>(fixture.Open().Recovery).EventsComplete);
        Assert.Equal(19, fixture.Outbox.Take(100).Count);
        Assert.True(fixture.Outbox.Statistics.OldestSeconds < 3600);
    }

    [Theory]
    [InlineData("UPDATE clock SET wall = 9223372036854775807")]
    [InlineData("UPDATE clock SET age = -1")]
    [InlineData("UPDATE checkpoint SET position = 'garbage'")]
    [InlineData("UPDATE checkpoint SET state = x'00'")]
    [InlineData("DROP TABLE loss")]
    public async Task A_clock_a_checkpoint_or_a_table_that_is_damaged_costs_no_event(string damage)
    {
        await using var fixture = new OutboxFixture();
        await fixture.AppendAsync(EventMaker.Events(0, 20), new StreamCheckpoint("stream", "f", new SourcePosition("20"), new byte[3], Finished: false));
        await fixture.CloseAsync();
        Execute(fixture.File, damage);

        OutboxRecovery recovery = Assert.IsType<OutboxRecovery>(fixture.Open().Recovery);
        Assert.True(recovery.EventsComplete);
        Assert.Equal(20, fixture.Outbox.Take(100).Count);
        Assert.Equal(damage.Contains("checkpoint", StringComparison.Ordinal) ? null : "20", fixture.Outbox.LoadCheckpoint("stream")?.Position?.Value);
    }

    [Theory]
    [InlineData("no database")]
    [InlineData("an empty database")]
    [InlineData("a database without its log's last part")]
    [InlineData("a log with a flipped bit")]
    [InlineData("a log with a damaged header")]
    [InlineData("nothing at all")]
    public async Task A_database_or_a_log_that_is_not_what_it_was_is_reported(string damage)
    {
        await using var fixture = new OutboxFixture();
        for (int i = 0; i < 10; i++)
        {
            await fixture.AppendAsync(EventMaker.Events(10 * i, 10, padding: 300));
        }

        string file = fixture.File, log = file + "-wal";
        using var folder = new TemporaryFolder();
        foreach (string suffix in new[] { "", "-wal", ".mark" })
        {
            File.Copy(file + suffix, folder["outbox.db" + suffix]);
        }

        (file, log) = (folder["outbox.db"], folder["outbox.db-wal"]);
        switch (damage)
        {
            case "no database": File.Delete(file); break;
            case "an empty database": await File.WriteAllBytesAsync(file, [], TestContext.Current.CancellationToken); break;
            case "nothing at all": File.Delete(file); File.Delete(log); break;
            case "a database without its log's last part":
                using (FileStream cut = File.OpenWrite(log))
                {
                    cut.SetLength(cut.Length / 2);
                }

                break;
            case "a log with a flipped bit": Flip(log, 0.5); break;
            default: Flip(log, 0, at: 20); break;
        }

        await using var outbox = EventOutbox.Open(file, new OutboxOptions { CommitEveryMs = 0 }, TimeProvider.System, NullLogger.Instance);
        Assert.NotNull(outbox.Recovery);
        int saved = outbox.Take(1000).Count;
        int expected = damage switch
        {
            "nothing at all" => 0,
            "a database without its log's last part" => 20,
            "a log with a flipped bit" => 85,
            _ => 100,
        };
        Assert.InRange(saved, expected, 100);
    }

    [Fact]
    public async Task Damaged_pages_cost_only_the_rows_that_lie_on_them()
    {
        await using var fixture = new OutboxFixture();
        await fixture.AppendAsync(EventMaker.Events(0, 2000, padding: 300));
        await fixture.CloseAsync();
        var random = new Random(3);
        using (FileStream file = File.OpenWrite(fixture.File))
        {
            for (int i = 0; i < 5; i++)
            {
                file.Position = 4096L * random.Next(20, (int)(file.Length / 4096) - 20);
                file.Write(new byte[4096]);
            }
        }

        Assert.NotNull(fixture.Open().Recovery);
        Assert.InRange(fixture.Outbox.Take(3000).Count, 1900, 1999);
    }

    private static void Flip(string path, double share, long at = 0)
    {
        using FileStream file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        long offset = at > 0 ? at : (long)(file.Length * share);
        file.Position = offset;
        int one = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(one ^ 0x10));
    }

    private static void Execute(string path, string sql)
    {
        using SqliteConnection connection = OutboxFile.Connect(path, SqliteOpenMode.ReadWrite);
        OutboxSchema.Execute(connection, sql);
    }
}
