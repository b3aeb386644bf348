using Microsoft.Extensions.Logging;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.Streams;

namespace Sensing.EdgeNode.Streams;

/// <summary>What a stream's runs share.</summary>
internal sealed record StreamSetting(
    StreamOptions Options, StreamContext Context, TimeSpan CheckpointEvery, EventOutbox Outbox, StreamMonitor Monitor, ILogger Logger)
{
    public string Fingerprint { get; } = StreamFingerprint.Of(Context.Address, Options);

    /// <summary>Passes the stream's events on to the site's other streams.</summary>
    public SiteEvents? Site { get; init; }

    public TimeProvider Time => Context.Time;
}
