using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

[assembly: AssemblyFixture(typeof(SharedKafka))]

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>One Kafka for all tests that do not break it, started when the first of them asks: real where there is one,
/// else the mock cluster.</summary>
public sealed class SharedKafka : IAsyncDisposable
{
    /// <summary>Longest start of a real Kafka, on a machine that other work shares; 6 s on two idle cores.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3);

    private readonly Lazy<Task<KafkaBroker>> _broker = new(async () =>
    {
        // Not bound to the test that asks first: the others need it too.
        using var bound = new CancellationTokenSource(StartTime);
        return await KafkaBroker.AnyAsync(bound.Token);
    });

    /// <summary>Whether it is a real one.</summary>
    public static bool IsReal => KafkaBroker.Named is not null || KafkaBroker.CanStart;

    public Task<KafkaBroker> GetAsync(CancellationToken cancellation) => _broker.Value.WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_broker.IsValueCreated)
        {
            await (await _broker.Value).DisposeAsync();
        }
    }
}
