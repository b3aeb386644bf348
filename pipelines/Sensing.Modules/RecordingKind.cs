using System.Text.Json.Nodes;

namespace Sensing.Modules;

/// <summary>Recordings with certain endings, and the source that reads them.</summary>
/// <param name="Summary">What they are, in a word or two, for example <c>HDF5</c>.</param>
/// <param name="Endings">Endings of their names in lower case, with the dot.</param>
/// <param name="SourceType">Type of the source.</param>
/// <param name="Option">The source's option that names the recording.</param>
/// <param name="ManyFiles">True: the option is an array of files and patterns, so that a folder can be read. False: it is one file.</param>
public sealed record RecordingKind(string Summary, IReadOnlyList<string> Endings, string SourceType, string Option, bool ManyFiles = true)
{
    internal bool Reads(string path) => Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    internal JsonObject Source(IEnumerable<string> paths) => new()
    {
        ["type"] = SourceType,
        [Option] = ManyFiles ? new JsonArray([.. paths.Select(path => JsonValue.Create(path))]) : JsonValue.Create(paths.First()),
    };
}
