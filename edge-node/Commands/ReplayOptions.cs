using System.Text.Json.Nodes;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary>Turns a request into checked options of a stream, by the same rules as <c>node.json</c>.</summary>
internal sealed class ReplayOptions(StreamCatalogue catalogue)
{
    public ConfigurationResult<StreamOptions> Of(ReplayRequest request, string streamName)
    {
        if (catalogue.Find(StreamCatalogue.PipelineKind, request.Pipeline) is not { } pipeline)
        {
            string known = string.Join(", ", catalogue.Of(StreamCatalogue.PipelineKind).Select(p => p.Type));
            return Invalid("--pipeline", $"'{request.Pipeline}' is no pipeline (known: {known})");
        }

        if ((request.Source ?? RecordingSource(request.Recording, pipeline)) is not { } source)
        {
            string known = string.Join(", ", catalogue.Of(StreamCatalogue.SourceKind).Where(s => s.SampleType == pipeline.SampleType).Select(s => s.Type));
            return Invalid("--source", $"it is not known how to read {request.Recording} for '{request.Pipeline}': name a source (those that fit: {known})");
        }

        if (request.Source is not null && catalogue.Mismatch(request.Source, request.Pipeline) is { } mismatch)
        {
            return Invalid("--source", mismatch);
        }

        var options = new JsonObject();
        if (request.ConfigFile is { } file)
        {
            string text;
            try
            {
                text = File.ReadAllText(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return Invalid("--config", error.Message);
            }

            if (ConfigurationText.Parse(text, out ConfigurationProblem? problem) is not { } read)
            {
                return Invalid(file, problem!.Message);
            }

            options = read;
        }

        var reader = new JsonObject { ["type"] = source };
        if (catalogue.Find(StreamCatalogue.SourceKind, source)?.HasOption("files") == true)
        {
            reader["files"] = new JsonArray(Files(request.Recording));
        }

        var stream = new JsonObject { ["name"] = streamName, ["source"] = reader, [request.Pipeline] = options };
        ConfigurationProblem[] problems = [.. request.Sets.Select(set => Lay(stream, set)).OfType<ConfigurationProblem>()];
        return problems.Length > 0 ? new ConfigurationResult<StreamOptions>(null, problems) : new OptionsBinder(catalogue).Bind<StreamOptions>(stream);
    }

    /// <summary>The source for a recording's ending, if the pipeline takes what it yields.</summary>
    private string? RecordingSource(string recording, ComponentDescription pipeline)
    {
        string source = Path.GetExtension(Files(recording)).ToLowerInvariant() switch
        {
            ".npy" => "npy",
            _ => "hdf5",
        };
        return catalogue.Find(StreamCatalogue.SourceKind, source)?.SampleType == pipeline.SampleType ? source : null;
    }

    /// <summary>The recording itself; of a folder, its files of one kind.</summary>
    private static string Files(string recording)
    {
        string full = Path.GetFullPath(recording);
        return !Directory.Exists(full) ? full
            : Path.Combine(full, Directory.EnumerateFiles(full, "*.npy").Any() ? "*.npy" : Directory.EnumerateFiles(full, "*.hdf5").Any() ? "*.hdf5" : "*.h5");
    }

    private static ConfigurationProblem? Lay(JsonObject stream, string set)
    {
        int equals = set.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? ConfigurationText.Overlay(stream, set[..equals], set[(equals + 1)..])
            : new ConfigurationProblem("", $"--set {set}: must look like --set source.path=FILE");
    }

    private static ConfigurationResult<StreamOptions> Invalid(string path, string message) => new(null, [new ConfigurationProblem(path, message)]);
}
