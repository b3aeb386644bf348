using Microsoft.Extensions.Time.Testing;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Store;

/// <summary>What every store must do. An implementation joins with a class that says how it is made.</summary>
[TimeLimit(minutes: 4, reason: "Property tests over a real database, which shares two cores with the brokers of other tests.")]
public abstract partial class EventStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    private readonly TemporaryFolder _folder = new();
    private IEventStore? _open;

    protected FakeTimeProvider Time { get; } = new(Sample.Noon);

    /// <summary>A store over what lies in <paramref name="folder"/>; not opened.</summary>
    protected abstract IEventStore Create(string folder, StoreOptions options, EventCatalogue catalogue, TimeProvider time);

    protected IEventStore Store => _open!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        await OpenAsync(new StoreOptions());
    }

    /// <summary>Called once before the first store is made.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Completes once an opened store hears of commits: what it could not hear before counts as one.</summary>
    protected virtual Task HeardAsync(IEventStore store) => Task.CompletedTask;

    /// <summary>Removes everything that the closed store in <paramref name="folder"/> has kept.</summary>
    protected abstract Task EraseAsync(string folder);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="catalogue">Event families that it knows; absent: the program's.</param>
    protected async Task OpenAsync(StoreOptions options, EventCatalogue? catalogue = null)
    {
        if (_open is not null)
        {
            await _open.DisposeAsync();
        }

        _open = Create(_folder.Path, options, catalogue ?? Sample.Catalogue, Time);
        await _open.OpenAsync(Cancel);
        await HeardAsync(_open);
    }

    protected Task<AppendResult> AppendAsync(params IEnumerable<LogRecord> records) => Store.AppendAsync([.. records], [], Cancel);

    protected async Task<IReadOnlyList<SensorEvent>> AllAsync() => [.. (await Everything.OfAsync(Store, Cancel)).Select(item => item.Event)];

    [Fact]
    public async Task An_event_comes_back_as_it_was()
    {
        SensorEvent vehicle = Sample.Vehicle(Noon.AddTicks(7));
        DateTimeOffset arrival = Noon.AddSeconds(3).AddTicks(1);
        await AppendAsync(new EventRecord(vehicle, Noon.AddSeconds(2), arrival));

        await OpenAsync(new StoreOptions());

        StoredEvent stored = Assert.Single((await Store.ReadAfterAsync(0, SeriesFilter.All, 10, Cancel)).Items);
        Assert.Equal(vehicle, stored.Event);
        Assert.Equal(arrival, stored.Arrival);
        Assert.Equal(Noon.AddSeconds(2), stored.Committed);
        Assert.Equal(EventFlags.None, stored.Flags);
    }

    [Fact]
    public async Task A_repeat_by_id_is_passed_over_whatever_else_it_says()
    {
        AppendResult first = await AppendAsync(Sample.Record(Sample.Other("a", Noon, "1")), Sample.Record(Sample.Other("a", Noon, "2")));
        AppendResult second = await AppendAsync(Sample.Record(Sample.Other("a", Noon.AddDays(1), "3")), Sample.Record(Sample.Other("b", Noon)));

        Assert.Equal(new AppendResult(1, 1, 0), first);
        Assert.Equal(new AppendResult(1, 1, 0), second);
        Assert.Equal([Sample.Other("a", Noon, "1"), Sample.Other("b", Noon)], await AllAsync());
        Assert.Equal(2, (await Store.ReadSeriesAsync(Cancel)).Single().Count);
    }

    [Fact]
    public async Task Ids_that_look_alike_are_different_events()
    {
        const string Hex = "00112233445566778899aabbccddeeff";
        string[] ids = [Hex, Hex.ToUpperInvariant(), Hex[..31], "A", "a", "ä", "0", "00"];

        await AppendAsync(ids.Select(id => Sample.Record(Sample.Other(id, Noon))));

        Assert.Equal(ids, (await AllAsync()).Select(item => item.Id));
    }

    [Fact]
    public async Task An_append_that_fails_leaves_nothing_behind()
    {
        await AppendAsync(Sample.Record(Sample.Other("before", Noon)));
        long commits = Store.Commits.Version;

        await Assert.ThrowsAnyAsync<Exception>(() => Store.AppendAsync(
            [Sample.Record(Sample.Vehicle(Noon)), new UnknownRecord(Noon)], [new LogPosition("p", 5)], Cancel));

        Assert.Equal(commits, Store.Commits.Version);
        Assert.Equal(["before"], (await AllAsync()).Select(item => item.Id));
        Assert.Equal([Sample.OtherType], (await Store.ReadSeriesAsync(Cancel)).Select(series => series.Type));
        Assert.Empty(await Store.ReadPositionsAsync(Cancel));

        await AppendAsync(Sample.Record(Sample.Vehicle(Noon)));
        Assert.Equal(2, (await AllAsync()).Count);
    }

    [Fact]
    public async Task Positions_are_stored_with_the_records_and_the_last_one_counts()
    {
        await Store.AppendAsync([Sample.Record(Sample.Other("a", Noon))], [new LogPosition("das-0", 5), new LogPosition("das-1", 2)], Cancel);
        await Store.AppendAsync([], [new LogPosition("das-0", 9)], Cancel);
        await OpenAsync(new StoreOptions());

        Assert.Equal([new LogPosition("das-0", 9), new LogPosition("das-1", 2)], await Store.ReadPositionsAsync(Cancel));
    }

    [Fact]
    public async Task A_commit_wakes_whoever_waits_for_news()
    {
        long seen = Store.Commits.Version;
        Task news = Store.Commits.WaitAsync(seen, Cancel);
        Assert.False(news.IsCompleted);

        await AppendAsync(Sample.Record(Sample.Other("a", Noon)));

        await news;
        await Store.Commits.WaitAsync(seen, Cancel);
    }

    [Fact]
    public async Task Late_and_future_events_are_flagged_and_kept()
    {
        await AppendAsync(
            Sample.Record(Sample.Other("late", Noon), Noon.AddMinutes(6)),
            Sample.Record(Sample.Other("future", Noon.AddYears(10)), Noon),
            Sample.Record(Sample.Other("fine", Noon), Noon.AddMinutes(4)));

        Assert.Equal(
            [EventFlags.Late, EventFlags.Future, EventFlags.None],
            (await Store.ReadAfterAsync(0, SeriesFilter.All, 10, Cancel)).Items.Select(item => item.Flags));
    }

    [Fact]
    public async Task A_clock_that_is_ahead_does_not_stay_latest()
    {
        await AppendAsync(Sample.Record(Sample.Other("first", Noon), Noon));
        await AppendAsync(Sample.Record(Sample.Other("from 2099", new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero)), Noon.AddSeconds(10)));
        Assert.Equal("from 2099", (await Store.ReadLatestAsync(SeriesFilter.All, Cancel)).Single().Event.Id);

        await AppendAsync(Sample.Record(Sample.Other("right again", Noon.AddSeconds(11)), Noon.AddSeconds(12)));
        Assert.Equal("right again", (await Store.ReadLatestAsync(SeriesFilter.All, Cancel)).Single().Event.Id);
        SeriesSummary summary = (await Store.ReadSeriesAsync(Cancel)).Single();
        Assert.Equal((3, Noon.AddSeconds(11), Noon.AddSeconds(12)), (summary.Count, summary.LastTime, summary.LastArrival));
    }

    [Fact]
    public async Task A_late_event_does_not_become_latest()
    {
        await AppendAsync(Sample.Record(Sample.Other("new", Noon), Noon));
        await AppendAsync(Sample.Record(Sample.Other("old", Noon.AddHours(-5)), Noon.AddSeconds(10)));

        Assert.Equal("new", (await Store.ReadLatestAsync(SeriesFilter.All, Cancel)).Single().Event.Id);
    }

    [Fact]
    public async Task Latest_is_told_for_each_stream_and_type_that_the_filter_chooses()
    {
        var other = new StreamAddress("tunnel", "cabinet-1", "fibre-b");
        await AppendAsync(
            Sample.Record(Sample.Vehicle(Noon)), Sample.Record(Sample.Vehicle(Noon.AddSeconds(1))), Sample.Record(Sample.Vehicle(Noon, stream: other)),
            Sample.Record(Sample.Other("x", Noon)));

        Assert.Equal(3, (await Store.ReadLatestAsync(SeriesFilter.All, Cancel)).Count);
        Assert.Equal(
            [Sample.Vehicle(Noon.AddSeconds(1))],
            (await Store.ReadLatestAsync(new SeriesFilter([Sample.Stream.Source], [Sample.VehicleType]), Cancel)).Select(item => item.Event));
        Assert.Empty(await Store.ReadLatestAsync(new SeriesFilter(["/sites/a/nodes/b/streams/c"], []), Cancel));
    }

    [Fact]
    public async Task Live_reading_goes_on_after_the_cursor_and_moves_it_past_what_was_not_chosen()
    {
        await AppendAsync(Sample.Record(Sample.Vehicle(Noon)), Sample.Record(Sample.Other("a", Noon)), Sample.Record(Sample.Other("b", Noon)));
        var vehicles = new SeriesFilter([], [Sample.VehicleType]);

        LivePage page = await Store.ReadAfterAsync(0, vehicles, 10, Cancel);
        Assert.Equal([Sample.Vehicle(Noon)], page.Items.Select(item => item.Event));
        Assert.False(page.More);
        Assert.Equal(await Store.ReadHeadAsync(Cancel), page.Position);

        await OpenAsync(new StoreOptions());
        await AppendAsync(Sample.Record(Sample.Vehicle(Noon.AddSeconds(1))), Sample.Record(Sample.Vehicle(Noon.AddSeconds(2))));
        LivePage next = await Store.ReadAfterAsync(page.Position, vehicles, 1, Cancel);
        Assert.Equal([Sample.Vehicle(Noon.AddSeconds(1))], next.Items.Select(item => item.Event));
        Assert.True(next.More);
        Assert.Equal(
            [Sample.Vehicle(Noon.AddSeconds(2))], (await Store.ReadAfterAsync(next.Position, vehicles, 1, Cancel)).Items.Select(item => item.Event));
    }

    [Fact]
    public async Task Node_states_replace_each_other_and_tell_what_changed()
    {
        await AppendAsync(new NodeStatusRecord("tunnel", "a", Sample.StatusJson(), Noon), new NodeStatusRecord("tunnel", "b", Sample.StatusJson(), Noon));
        long version = (await Store.ReadNodesAsync(0, Cancel)).Max(node => node.Version);

        await AppendAsync(new NodeStatusRecord("tunnel", "a", Sample.StatusJson(Events.Node.NodeState.Offline), Noon.AddSeconds(5)));
        await OpenAsync(new StoreOptions());

        NodeEntry changed = Assert.Single(await Store.ReadNodesAsync(version, Cancel));
        Assert.Equal(("a", Noon.AddSeconds(5)), (changed.Node, changed.Received));
        Assert.Equal(Sample.StatusJson(Events.Node.NodeState.Offline), changed.Status.ToArray());
        Assert.Equal(["b", "a"], (await Store.ReadNodesAsync(0, Cancel)).Select(node => node.Node));
    }

    [Fact]
    public async Task A_dead_letter_keeps_its_bytes_and_its_reason()
    {
        byte[] bytes = [0, 255, 10, 0];
        await AppendAsync(new DeadLetterRecord("some/topic", "{\"a\":\"b\"}", bytes, "no reason", Noon), new DeadLetterRecord("t", "{}", bytes, "newer", Noon));

        IReadOnlyList<StoredDeadLetter> letters = await Store.ReadDeadLettersAsync(10, Cancel);
        Assert.Equal(["newer", "no reason"], letters.Select(letter => letter.Record.Reason));
        Assert.Equal(("some/topic", "{\"a\":\"b\"}", Noon), (letters[1].Record.Topic, letters[1].Record.Properties, letters[1].Record.Arrival));
        Assert.Equal(bytes, letters[1].Record.Payload.ToArray());
    }

    [Fact]
    public async Task One_series_too_many_is_a_dead_letter_and_the_rest_goes_on()
    {
        await OpenAsync(new StoreOptions { MaxSeries = 1 });

        AppendResult result = await AppendAsync(
            Sample.Record(Sample.Other("a", Noon)), Sample.Record(Sample.Vehicle(Noon)), Sample.Record(Sample.Other("b", Noon)));

        Assert.Equal(new AppendResult(2, 0, 1), result);
        StoredDeadLetter letter = Assert.Single(await Store.ReadDeadLettersAsync(10, Cancel));
        Assert.Contains("maxSeries", letter.Record.Reason, StringComparison.Ordinal);
        Assert.Contains(Sample.Vehicle(Noon).Id, letter.Record.Properties, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_is_cancelled_before_it_begins_does_not_begin() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.ReadEventsAsync(new EventQuery(SeriesFilter.All, null, null, false, null, 1), new CancellationToken(true)));

    private sealed record UnknownRecord(DateTimeOffset Arrival) : LogRecord(Arrival)
    {
        public override int Size => 1;
    }
}
