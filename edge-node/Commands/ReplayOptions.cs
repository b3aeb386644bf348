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

        ComponentDescription[] fitting = [.. catalogue.Of(StreamCatalogue.SourceKind)
            .Where(s => s.SampleType == pipeline.SampleType && s.OptionsType.GetProperty("Path") is not null)];
        if ((request.Source ?? fitting.FirstOrDefault()?.Type) is not { } source)
        {
            return Invalid("--source", $"no source reads recordings for '{request.Pipeline}'");
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

        var stream = new JsonObject
        {
            ["name"] = streamName,
            ["source"] = new JsonObject { ["type"] = source, ["path"] = Path.GetFullPath(request.Recording) },
            [request.Pipeline] = options,
        };
        ConfigurationProblem[] problems = [.. request.Sets.Select(set => Lay(stream, set)).OfType<ConfigurationProblem>()];
        return problems.Length > 0 ? new ConfigurationResult<StreamOptions>(null, problems) : new OptionsBinder(catalogue).Bind<StreamOptions>(stream);
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
