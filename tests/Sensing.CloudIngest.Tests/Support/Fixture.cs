using System.IO.Compression;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>Files that an earlier version of the program has left; see <c>Fixtures/README.md</c>.</summary>
internal static class Fixture
{
    /// <summary>The file without its compression.</summary>
    public static Stream Open(string name) => new GZipStream(
        File.OpenRead(Path.Combine(Repository.Root, "tests", "Sensing.CloudIngest.Tests", "Fixtures", $"{name}.gz")), CompressionMode.Decompress);
}
