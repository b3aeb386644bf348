using System.Text.Json.Nodes;
using Sensing.Configuration;
using Sensing.Das;
using Sensing.Streams;

namespace Sensing.Benchmarks.Das;

/// <summary>The chain's options from a JSON file, as a node's configuration holds them under <c>das</c>.</summary>
internal static class ChainOptions
{
    /// <returns>Null where <c>--options</c> is not given.</returns>
    /// <exception cref="MeasureException">The file has mistakes; each is named.</exception>
    public static DasOptions? Read(MeasureOptions options)
    {
        if (options.Text("options") is not { } path)
        {
            return null;
        }

        var json = JsonNode.Parse(File.ReadAllText(path)) as JsonObject
            ?? throw new MeasureException($"{path} holds no JSON object.");
        ConfigurationResult<DasOptions> bound = new OptionsBinder(new StreamCatalogue()).Bind<DasOptions>(json);
        return bound.Value ?? throw new MeasureException($"{path}: {string.Join("; ", bound.Problems)}");
    }
}
