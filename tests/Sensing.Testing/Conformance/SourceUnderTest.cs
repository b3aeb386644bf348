using Microsoft.Extensions.Time.Testing;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Testing.Conformance;

/// <summary>A source with the readings that it must yield, in a folder of its own.</summary>
public sealed class SourceUnderTest<TSample> : IDisposable
    where TSample : class, ITimed
{
    public SourceUnderTest(string? folder = null)
    {
        Folder = folder ?? NewFolder();
        Context = new StreamContext(new StreamAddress("site", "node", "stream"), Time, Folder);
    }

    public string Folder { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public StreamContext Context { get; }

    public required Func<SourceUnderTest<TSample>, ISource<TSample>> Open { get; init; }

    /// <summary>The same kind of source on an input, named "absent", that does not exist.</summary>
    public required Func<SourceUnderTest<TSample>, ISource<TSample>> OpenAbsent { get; init; }

    /// <summary>The readings in a sample: rows of a block, or the one.</summary>
    public required Func<TSample, IEnumerable<TimedValues>> Readings { get; init; }

    /// <summary>All readings, computed apart from the source.</summary>
    public required IReadOnlyList<TimedValues> Expected { get; init; }

    /// <summary>Largest absolute error of a value; 0 where values must be the same to the bit.</summary>
    public double Tolerance { get; init; }

    public static string NewFolder() => Directory.CreateTempSubdirectory("source-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
