namespace Sensing.CloudIngest.Store;

/// <summary>Chooses pairs of stream and type.</summary>
/// <param name="Sources">CloudEvents sources; empty: all.</param>
/// <param name="Types">Event types; empty: all.</param>
public sealed record SeriesFilter(IReadOnlyList<string> Sources, IReadOnlyList<string> Types)
{
    public static readonly SeriesFilter All = new([], []);

    public bool Matches(string source, string type) =>
        (Sources.Count == 0 || Sources.Contains(source)) && (Types.Count == 0 || Types.Contains(type));
}
