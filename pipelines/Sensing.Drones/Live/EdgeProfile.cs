namespace Sensing.Drones.Live;

/// <summary>How long variants take on this edge: the latest runs of each, by digest of the model, size and
/// threads.</summary>
public sealed class EdgeProfile
{
    /// <summary>Runs that count: enough for a 95th percentile, few enough to follow an accelerator that
    /// throttles.</summary>
    private const int Kept = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<(DroneTaskKind, string), Queue<long>> _runs = [];
    private readonly Dictionary<(DroneTaskKind, string), long?> _percentiles = [];

    /// <summary>A run has ended.</summary>
    public void Add(DroneTaskKind kind, TaskVariant variant, long microseconds)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue((kind, variant.Key), out Queue<long>? runs))
            {
                _runs[(kind, variant.Key)] = runs = new Queue<long>();
            }

            runs.Enqueue(microseconds);
            if (runs.Count > Kept)
            {
                runs.Dequeue();
            }

            _percentiles.Remove((kind, variant.Key));
        }
    }

    /// <summary>Runs that are known of a variant.</summary>
    public int Count(DroneTaskKind kind, TaskVariant variant)
    {
        lock (_gate)
        {
            return _runs.TryGetValue((kind, variant.Key), out Queue<long>? runs) ? runs.Count : 0;
        }
    }

    /// <summary>The latest runs, µs.</summary>
    public IReadOnlyList<long> Times(DroneTaskKind kind, TaskVariant variant)
    {
        lock (_gate)
        {
            return _runs.TryGetValue((kind, variant.Key), out Queue<long>? runs) ? [.. runs] : [];
        }
    }

    /// <summary>95th percentile, µs; null before the first run.</summary>
    public long? Percentile95(DroneTaskKind kind, TaskVariant variant)
    {
        lock (_gate)
        {
            if (!_percentiles.TryGetValue((kind, variant.Key), out long? known))
            {
                long[] sorted = _runs.TryGetValue((kind, variant.Key), out Queue<long>? runs) ? [.. runs.Order()] : [];
                _percentiles[(kind, variant.Key)] = known = sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(0.95 * sorted.Length) - 1];
            }

            return known;
        }
    }
}
