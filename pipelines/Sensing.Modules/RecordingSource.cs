using System.Text.Json.Nodes;
using Sensing.Configuration;

namespace Sensing.Modules;

/// <summary>Turns "a recording" (file, folder or pattern) into the configuration of a source: the one place for every command that takes one.</summary>
public sealed class RecordingSource
{
    private RecordingSource(JsonObject? source, ConfigurationProblem? problem)
    {
        Source = source;
        Problem = problem;
    }

    /// <summary>The source as in <c>node.json</c>; null where there is a problem.</summary>
    public JsonObject? Source { get; }

    public ConfigurationProblem? Problem { get; }

    /// <summary>The source that reads <paramref name="recording"/> for the module's pipeline.</summary>
    /// <param name="modules">All modules.</param>
    /// <param name="module">The module whose pipeline takes the samples.</param>
    /// <param name="recording">File, folder, or a pattern with * and ? in its last part; relative to the working directory.</param>
    /// <param name="sourceType">Type of the source; null: by the recording's ending.</param>
    /// <param name="option">The option that named the recording, for the error.</param>
    public static RecordingSource Of(
        ModuleCatalogue modules, IPipelineModule module, string recording, string? sourceType = null, string option = "RECORDING")
    {
        ComponentDescription pipeline = modules.Streams.FindPipeline(module.Name)!;
        IReadOnlyList<ComponentDescription> fitting = modules.Streams.SourcesFor(pipeline);
        if (sourceType is not null)
        {
            if (fitting.All(source => source.Type != sourceType))
            {
                return Failed("--source", modules.Streams.Mismatch(sourceType, module.Name)
                    ?? $"unknown source '{sourceType}' (known: {string.Join(", ", fitting.Select(source => source.Type))})");
            }

            // A source that reads no recording, such as a generator, is told by --set what it needs.
            if (module.Recordings.FirstOrDefault(kind => kind.SourceType == sourceType) is not { } named)
            {
                return new RecordingSource(new JsonObject { ["type"] = sourceType }, null);
            }

            return Find(recording, option, [named], anyEnding: true);
        }

        if (module.Recordings.Count == 0)
        {
            return Failed(option, $"the pipeline '{module.Name}' reads no recordings: name a source with --source (sources: {string.Join(", ", fitting.Select(source => source.Type))})");
        }

        return Find(recording, option, module.Recordings, anyEnding: false);
    }

    /// <summary>The modules whose pipelines read such a recording, by its ending or by the files in the folder.</summary>
    public static IReadOnlyList<IPipelineModule> ReadersOf(ModuleCatalogue modules, string recording)
    {
        string full = Path.GetFullPath(recording);
        string[] files = Directory.Exists(full) ? [.. Directory.EnumerateFiles(full)] : [full];
        return [.. modules.Modules.Where(module => module.Recordings.Any(kind => Array.Exists(files, kind.Reads)))];
    }

    private static RecordingSource Find(string recording, string option, IReadOnlyList<RecordingKind> kinds, bool anyEnding)
    {
        string full = Path.GetFullPath(recording);
        if (Directory.Exists(full))
        {
            return OfFolder(full, recording, option, kinds);
        }

        if (!Path.GetFileName(full).AsSpan().ContainsAny('*', '?') && !File.Exists(full))
        {
            return Failed(option, $"{recording} does not exist: check the path");
        }

        return anyEnding || kinds.Any(kind => kind.Reads(full))
            ? new RecordingSource(kinds.FirstOrDefault(kind => kind.Reads(full), kinds[0]).Source([full]), null)
            : Failed(option, $"{recording} has an unknown ending (known: {Endings(kinds)}): rename it, or name the source that reads it with --source ({string.Join(", ", kinds.Select(kind => kind.SourceType))})");
    }

    /// <summary>A folder's files of one kind: a pattern for each ending that occurs.</summary>
    private static RecordingSource OfFolder(string folder, string recording, string option, IReadOnlyList<RecordingKind> kinds)
    {
        string[] files = [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))];
        RecordingKind[] present = [.. kinds.Where(kind => Array.Exists(files, kind.Reads))];
        if (present.Length == 0)
        {
            return Failed(option, $"{recording} holds no recordings (known endings: {Endings(kinds)})");
        }

        if (present.Length > 1)
        {
            return Failed(option, $"{recording} holds recordings of several kinds ({string.Join(", ", present.Select(kind => kind.Summary))}): give a pattern such as {Path.Combine(recording, "*" + present[0].Endings[0])}");
        }

        RecordingKind only = present[0];
        if (!only.ManyFiles)
        {
            string[] all = [.. files.Where(only.Reads).Order(StringComparer.Ordinal)];
            return all.Length == 1
                ? new RecordingSource(only.Source([Path.Combine(folder, all[0])]), null)
                : Failed(option, $"{recording} holds {all.Length} recordings, and a '{only.SourceType}' source reads one: name the file");
        }

        return new RecordingSource(only.Source(only.Endings
            .Where(ending => Array.Exists(files, file => file.EndsWith(ending, StringComparison.Ordinal)))
            .Select(ending => Path.Combine(folder, "*" + ending))), null);
    }

    private static string Endings(IReadOnlyList<RecordingKind> kinds) => string.Join(", ", kinds.SelectMany(kind => kind.Endings));

    private static RecordingSource Failed(string option, string message) => new(null, new ConfigurationProblem(option, message));
}
