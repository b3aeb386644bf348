using System.Text.Json.Nodes;
using Sensing.Configuration;

namespace Sensing.Modules;

/// <summary>Turns a request into checked options of a stream, by the same rules as <c>node.json</c>.</summary>
public static class RecordingStream
{
    /// <summary>The stream's options, or every mistake with its path.</summary>
    /// <typeparam name="T">A record with a source and a pipeline component.</typeparam>
    /// <param name="modules">All modules.</param>
    /// <param name="request">The recording and how to read it.</param>
    /// <param name="streamName">Value of the option <c>name</c>; null: the record has none.</param>
    public static ConfigurationResult<T> Bind<T>(ModuleCatalogue modules, RecordingRequest request, string? streamName = null)
        where T : class, new()
    {
        if (modules.Find(request.Pipeline) is not { } module)
        {
            string known = string.Join(", ", modules.Modules.Select(m => m.Name));
            return Invalid<T>(new ConfigurationProblem("--pipeline", $"unknown pipeline '{request.Pipeline}' (known: {known})"));
        }

        RecordingSource source = RecordingSource.Of(modules, module, request.Recording, request.Source);
        var problems = new List<ConfigurationProblem>();
        if (source.Problem is { } unreadable)
        {
            problems.Add(unreadable);
        }

        if (ReadOptions(request.ConfigFile, out ConfigurationProblem? problem) is not { } options)
        {
            return Invalid<T>([.. problems, problem!]);
        }

        var stream = new JsonObject { ["source"] = source.Source ?? [], [module.Name] = options };
        if (streamName is not null)
        {
            stream["name"] = streamName;
        }

        problems.AddRange(request.Sets.Select(set => Lay(stream, set, module.Name)).OfType<ConfigurationProblem>());
        ConfigurationResult<T> bound = new OptionsBinder(modules.Streams).Bind<T>(stream);

        // Without a source, what is missing in it says nothing; mistakes in the pipeline's options are reported with it.
        problems.AddRange(bound.Problems.Where(found => source.Problem is null || !found.Path.StartsWith("source", StringComparison.Ordinal)));
        return problems.Count == 0 ? bound : Invalid<T>([.. problems]);
    }

    private static JsonObject? ReadOptions(string? file, out ConfigurationProblem? problem)
    {
        problem = null;
        if (file is null)
        {
            return [];
        }

        try
        {
            JsonObject? read = ConfigurationText.Parse(File.ReadAllText(file), out problem);
            problem = problem is null ? null : problem with { Path = file };
            return read;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = new ConfigurationProblem("--config", error.Message);
            return null;
        }
    }

    private static ConfigurationProblem? Lay(JsonObject stream, string set, string pipeline)
    {
        int equals = set.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? ConfigurationText.Overlay(stream, set[..equals], set[(equals + 1)..])
            : new ConfigurationProblem("", $"--set {set}: must be NAME=VALUE, for example --set {pipeline}.OPTION=VALUE or --set source.OPTION=VALUE");
    }

    private static ConfigurationResult<T> Invalid<T>(params ConfigurationProblem[] problems)
        where T : class => new(null, problems);
}
