using System.CommandLine;
using System.Security.Cryptography;
using Sensing.EdgeNode.Commands;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.TestNode;
using Sensing.EdgeNode.Tests.Outbox;

namespace Sensing.EdgeNode.Tests.Commands;

public class OutboxCommandTests
{
    [Fact]
    public async Task Check_of_a_sound_outbox_lists_what_it_holds_changes_nothing_and_exits_with_0()
    {
        await using var fixture = new OutboxFixture();
        await fixture.AppendAsync(EventMaker.Events(0, 30));
        await fixture.CrashAsync();
        await fixture.CloseAsync();
        string folder = Path.GetDirectoryName(fixture.File)!;
        string before = Digest(folder);

        (int code, string output, string errors) = await RunAsync("outbox", "check", folder);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("unsent events     30, all sound", output);
        Assert.EndsWith("Sound.\n", output);
        Assert.Equal(before, Digest(folder));
    }

    [Fact]
    public async Task A_log_that_was_not_folded_back_is_read_and_left_as_it_is()
    {
        await using var fixture = new OutboxFixture();
        await fixture.AppendAsync(EventMaker.Events(0, 30));
        string copy = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(fixture.File)!, "copy")).FullName;
        foreach (string suffix in new[] { "", "-wal", ".mark" })
        {
            File.Copy(fixture.File + suffix, Path.Combine(copy, "outbox.db" + suffix));
        }

        string before = Digest(copy, "outbox.db-wal");
        (int code, string output, string _) = await RunAsync("outbox", "check", Path.Combine(copy, "outbox.db"));

        Assert.Equal(0, code);
        Assert.Contains("write-ahead log   sound", output);
        Assert.Contains("unsent events     30, all sound", output);
        Assert.Equal(before, Digest(copy, "outbox.db-wal"));
    }

    [Fact]
    public async Task Check_of_a_damaged_outbox_names_what_is_wrong_and_exits_with_1_and_salvage_saves_the_rest()
    {
        await using var fixture = new OutboxFixture();
        await fixture.AppendAsync(EventMaker.Events(0, 30));
        await fixture.CloseAsync();
        using (Microsoft.Data.Sqlite.SqliteConnection connection = OutboxFile.Connect(fixture.File,
            Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
        {
            OutboxSchema.Execute(connection, "UPDATE event SET source = replace(source, 'node', 'dose') WHERE seq = 7");
        }

        string before = Digest(Path.GetDirectoryName(fixture.File)!);
        (int code, string output, string errors) = await RunAsync("outbox", "check", fixture.File);
        Assert.Equal(1, code);
        Assert.Contains("unsent events     30, 1 of them not what was written", output);
        Assert.Contains("is damaged: unsent events: 30, 1 of them", errors);
        Assert.Equal(before, Digest(Path.GetDirectoryName(fixture.File)!));

        (code, output, errors) = await RunAsync("outbox", "salvage", fixture.File);
        Assert.Equal(1, code);
        // 30 where a copy of the row is left on an unused part of a page.
        Assert.Matches("(29|30) unsent events were saved, others may be lost", errors);
        Assert.Contains("outbox.db.damaged-", errors);
        Assert.Equal(0, (await RunAsync("outbox", "check", fixture.File)).Code);
        (code, output, errors) = await RunAsync("outbox", "salvage", fixture.File);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("is sound: nothing to salvage", output);

        // The node still finds the report.
        Assert.Matches("(29|30) unsent events were saved", fixture.Open().Recovery?.ToString());
    }

    [Fact]
    public async Task A_damage_that_costs_no_event_lets_salvage_exit_with_0()
    {
        await using var fixture = new OutboxFixture();
        await fixture.AppendAsync(EventMaker.Events(0, 30));
        await fixture.CloseAsync();
        using (Microsoft.Data.Sqlite.SqliteConnection connection = OutboxFile.Connect(fixture.File,
            Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
        {
            OutboxSchema.Execute(connection, "UPDATE clock SET age = -1");
        }

        (int code, string output, string errors) = await RunAsync("outbox", "salvage", fixture.File);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("30 unsent events were saved, all that it held.", output);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("salvage")]
    public async Task No_outbox_one_in_use_and_one_of_a_newer_version_exit_with_66(string verb)
    {
        await using var fixture = new OutboxFixture();
        string folder = Path.GetDirectoryName(fixture.File)!;
        (int code, string _, string errors) = await RunAsync("outbox", verb, Path.Combine(folder, "none"));
        Assert.Equal(66, code);
        Assert.Contains("does not exist. Name the node's data folder or its outbox file.", errors);
        Assert.False(File.Exists(Path.Combine(folder, "none")));

        await fixture.CloseAsync();
        using (Sensing.EdgeNode.Hosting.NodeLock.Take(folder))
        {
            (code, _, errors) = await RunAsync("outbox", verb, folder);
            Assert.Equal(66, code);
            Assert.Contains("another node runs on this folder", errors);
        }

        using (Microsoft.Data.Sqlite.SqliteConnection connection = OutboxFile.Connect(fixture.File,
            Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
        {
            OutboxSchema.Execute(connection, "PRAGMA user_version = 99");
        }

        (code, _, errors) = await RunAsync("outbox", verb, folder);
        Assert.Equal(66, code);
        Assert.Contains("newer version", errors);
    }

    private static string Digest(string folder, string pattern = "*") =>
        string.Join('\n', Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        int code = await EdgeNodeCommand.Create(NumberCatalogue.Modules()).Parse(args)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors },
                TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}
