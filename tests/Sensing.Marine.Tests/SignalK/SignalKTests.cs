using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Marine.SignalK;
using Sensing.Marine.Tests.Nmea;
using Sensing.Marine.Tests.Watch;
using Sensing.Streams;

namespace Sensing.Marine.Tests.SignalK;

public sealed partial class SignalKTests
{
    private const int Other = 211_000_002;

    [Fact]
    public void A_crossing_gives_closest_approaches_and_one_notification_that_rises_is_silenced_and_ends()
    {
        var voyage = new Voyage();
        voyage.OwnShip(760, 10, 0).ClassA(Other, voyage.Meeting(10, 10, 270, 600), 10, 270, 760).At(400, Sentences.Of($"PSENS,ACK,{Other}"));
        var executor = new Captured();
        Play(voyage, executor);
        Delta[] deltas = [.. executor.Datagrams.Select(Parse)];

        Delta[] approaches = [.. deltas.Where(delta => delta.Path == "navigation.closestApproach")];
        Assert.All(approaches, delta => Assert.Equal("vessels.urn:mrn:imo:mmsi:211000002", delta.Context));
        (Delta first, Delta last) = (approaches[0], approaches[^1]);
        Assert.InRange(first.Value.GetProperty("timeTo").GetDouble(), 560, 600);
        Assert.InRange(first.Value.GetProperty("distance").GetDouble(), 0, 30);
        Assert.Equal(JsonValueKind.Null, last.Value.ValueKind);
        Assert.InRange(approaches.Length, 115, 125);

        string[] said = [.. deltas.Where(delta => delta.Context == "vessels.self").Select(delta =>
            $"{delta.Value.GetProperty("state")} {string.Join('+', delta.Value.GetProperty("method").EnumerateArray())} {delta.Value.GetProperty("message")}")];
        Assert.Equal(
            [
                "normal  No risk of collision",
                "warn visual+sound 211000002: Crossing, target to starboard: give way, rule 15",
                "alarm visual+sound 211000002: Crossing, target to starboard: give way, rule 15",
                "alarm visual 211000002: Crossing, target to starboard: give way, rule 15",
                "alarm visual 211000002: Close approach",
                "normal  No risk of collision",
            ],
            said.Aggregate(new List<string>(), (list, one) => list.Count > 0 && list[^1] == one ? list : [.. list, one]));
    }

    [Fact]
    public async Task Datagrams_arrive_one_delta_in_each()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var options = new MarineOptions { SignalK = new SignalKOptions { Port = ((IPEndPoint)server.Client.LocalEndPoint!).Port } };
        await using var executor = new EffectExecutor(SignalKSender.Handlers(options), EffectLimits.Default, refuses: true, TimeProvider.System);
        executor.Submit(SignalKSender.Effect, 1, new SignalKDatagrams(
            [SignalKDelta.ClosestApproach(Voyage.Start, Other, null), SignalKDelta.Collision(Voyage.Start, Marine.Watch.AlertLevel.Alarm, "Ø", false)]));
        Delta[] received =
        [
            Parse((await server.ReceiveAsync(TestContext.Current.CancellationToken)).Buffer),
            Parse((await server.ReceiveAsync(TestContext.Current.CancellationToken)).Buffer),
        ];
        Assert.Equal(["navigation.closestApproach", "notifications.danger.collision"], received.Select(delta => delta.Path));
        Assert.Equal("Ø", received[1].Value.GetProperty("message").GetString());
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_reported_once()
    {
        var output = new SignalKOutput(new MarineOptions { SignalK = new SignalKOptions { Host = "nowhere" } }, Voyage.Address, new Captured());
        EffectCompletion Of(EffectOutcome outcome) => new() { Effect = "marine.signal-k", Id = 1, Time = Voyage.Start, Outcome = outcome, Problem = "No such host is known" };
        SensorEvent[] said = [.. new[] { EffectOutcome.Failed, EffectOutcome.Failed, EffectOutcome.Lost, EffectOutcome.Failed, EffectOutcome.Succeeded, EffectOutcome.TimedOut }
            .SelectMany(outcome => output.Take(Of(outcome)))];
        Assert.Equal(2, said.Length);
        Assert.Contains("udp://nowhere:8376", NodeEvents.Notice.Read(said[0]).Input);
    }

    private static void Play(Voyage voyage, IEffectExecutor executor)
    {
        using var lines = new System.Reactive.Subjects.Subject<NmeaLine>();
        var options = new MarineOptions
        {
            WarningCpaM = 926,
            WarningTcpaSeconds = 500,
            AlarmCpaM = 400,
            AlarmTcpaSeconds = 300,
            SignalK = new SignalKOptions(),
        };
        using IDisposable connection = new MarinePipeline(options, Voyage.Address, executor).Connect(lines).Subscribe(_ => { });
        voyage.Lines.ForEach(lines.OnNext);
        lines.OnCompleted();
    }

    /// <summary>A delta as the schema of Signal K 1.7 describes it: nothing else may be in it.</summary>
    private static Delta Parse(byte[] datagram)
    {
        Assert.InRange(datagram.Length, 1, 1400);
        JsonElement root = JsonDocument.Parse(datagram).RootElement;
        Assert.Equal(["context", "updates"], root.EnumerateObject().Select(property => property.Name));
        string context = root.GetProperty("context").GetString()!;
        Assert.Matches(Contexts(), context);
        JsonElement update = Assert.Single(root.GetProperty("updates").EnumerateArray());
        Assert.Equal(["source", "timestamp", "values"], update.EnumerateObject().Select(property => property.Name));
        Assert.Equal("sensing", update.GetProperty("source").GetProperty("label").GetString());
        Assert.Matches(Times(), update.GetProperty("timestamp").GetString()!);
        JsonElement value = Assert.Single(update.GetProperty("values").EnumerateArray());
        Assert.Equal(["path", "value"], value.EnumerateObject().Select(property => property.Name));
        return new Delta(context, value.GetProperty("path").GetString()!, value.GetProperty("value"));
    }

    [GeneratedRegex(@"^vessels\.(self|urn:mrn:imo:mmsi:[2-7][0-9]{8})$")]
    private static partial Regex Contexts();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
    private static partial Regex Times();

    private sealed record Delta(string Context, string Path, JsonElement Value);

    private sealed class Captured : IEffectExecutor
    {
        private readonly HashSet<long> _ids = [];

        public List<byte[]> Datagrams { get; } = [];

        public void Submit<TRequest, TResult>(Effect<TRequest, TResult> effect, long id, TRequest request)
            where TRequest : notnull
            where TResult : notnull
        {
            Assert.True(_ids.Add(id), "ids are unique");
            Datagrams.AddRange(((SignalKDatagrams)(object)request).Datagrams);
        }
    }
}
