using Microsoft.Extensions.Time.Testing;
using Sensing.Das.Synthetic;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Das.Tests.Sources;

/// <summary>A source with the samples that it must yield, in a folder of its own.</summary>
public sealed class SourceUnderTest : IDisposable
{
    private SourceUnderTest(string folder)
    {
        Folder = folder;
        Context = new StreamContext(new StreamAddress("site", "node", "stream"), Time, folder);
    }

    public string Folder { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public StreamContext Context { get; }

    public required Func<SourceUnderTest, ISource<DasBlock>> Open { get; init; }

    /// <summary>The same kind of source on an input, named "absent", that is not there.</summary>
    public required Func<SourceUnderTest, ISource<DasBlock>> OpenAbsent { get; init; }

    /// <summary>The recording whose samples are expected.</summary>
    public required SyntheticScenario Expected { get; init; }

    /// <summary>Rows that are expected.</summary>
    public required int Rows { get; init; }

    /// <summary>Largest error of a value, relative to the noise: 0 where values must be the same to the bit.</summary>
    public double Tolerance { get; init; }

    public static string NewFolder() => Directory.CreateTempSubdirectory("das-source-").FullName;

    public static SourceUnderTest In(string folder, SyntheticScenario expected, int rows,
        Func<SourceUnderTest, ISource<DasBlock>> open, Func<SourceUnderTest, ISource<DasBlock>> absent, double tolerance = 0) =>
        new(folder) { Expected = expected, Rows = rows, Open = open, OpenAbsent = absent, Tolerance = tolerance };

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
