using System.Text.RegularExpressions;
using Sensing.EdgeNode;
using Sensing.Modules;
using Sensing.Testing;

namespace Sensing.SamplePipeline.Tests;

/// <summary>Reads the sources: the tiers know modules, and no pipeline.</summary>
public sealed class NamingTests
{
    /// <summary>What no pipeline belongs into, below the repository's root.</summary>
    private static readonly string[] Tiers =
        ["edge-node", "cloud-ingest", "dashboards", "standalone", "pipelines/Sensing", "pipelines/Sensing.Modules", "pipelines/Sensing.Plots"];

    /// <summary>A pipeline is registered in these, and its page is its own folder.</summary>
    private static readonly string[] Registrations =
        ["edge-node/NodeCatalogue.cs", "edge-node/Sensing.EdgeNode.csproj", "cloud-ingest/CloudCatalogue.cs", "cloud-ingest/Sensing.CloudIngest.csproj"];

    [Fact]
    public void No_tier_names_the_sample_pipeline() => Assert.Empty(Named(new WeatherModule(), exceptRegistrations: false));

    [Fact]
    public void Tiers_name_a_pipeline_of_the_product_only_where_it_is_registered()
    {
        foreach (IPipelineModule module in NodeCatalogue.Create().Modules)
        {
            Assert.Empty(Named(module, exceptRegistrations: true));
        }
    }

    [Fact]
    public void A_registration_is_one_line_in_the_edge_node_and_one_in_the_cloud_tier_beside_the_reference()
    {
        IReadOnlyList<IPipelineModule> modules = NodeCatalogue.Create().Modules;
        Assert.All(modules, module => Assert.Single(
            Lines("edge-node/NodeCatalogue.cs"), line => line.Contains($"new {module.GetType().Name}()", StringComparison.Ordinal)));

        // Modules of one project share its family and its reference; the first has the project's name.
        foreach (IPipelineModule module in modules.DistinctBy(module => module.Events))
        {
            string family = module.GetType().Name.Replace("Module", "Events.Family", StringComparison.Ordinal);
            Assert.Single(Lines("cloud-ingest/CloudCatalogue.cs"), line => line.Contains(family, StringComparison.Ordinal));
            foreach (string project in Registrations.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)))
            {
                string reference = $"/{module.GetType().Assembly.GetName().Name}.csproj\"";
                Assert.Single(Lines(project), line => line.Contains(reference, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_search_finds_what_it_looks_for()
    {
        Regex words = Words(new WeatherModule());
        Assert.All(
            ["sensing.weather.gust.v1", "WeatherModule", "new WeatherPipeline()", "the Weather page", "\"weather\""],
            line => Assert.Matches(words, line));
        Assert.All(["weatherproof", "whether"], line => Assert.DoesNotMatch(words, line));
        Regex das = Words(NodeCatalogue.Create().Modules[0]);
        Assert.Contains(Lines("edge-node/NodeCatalogue.cs"), line => das.IsMatch(line));
    }

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Repository.Root, file));

    /// <summary>The module's name and title as words, and identifiers that begin with its name.</summary>
    private static Regex Words(IPipelineModule module)
    {
        string capital = char.ToUpperInvariant(module.Name[0]) + module.Name[1..];
        string title = Regex.Escape(module.Events.Title);
        return new Regex($@"\b{module.Name}\b|\b{capital}(?![a-z])|\b{title}s?\b|\b{title.ToLowerInvariant()}s?\b", RegexOptions.CultureInvariant);
    }

    /// <summary>Every line of a tier that names the module: file, number and text.</summary>
    private static List<string> Named(IPipelineModule module, bool exceptRegistrations)
    {
        Regex words = Words(module);
        var found = new List<string>();
        foreach (string path in Tiers.SelectMany(tier => Directory.EnumerateFiles(Path.Combine(Repository.Root, tier), "*", SearchOption.AllDirectories)))
        {
            string file = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
            if (!IsSource(file) || (exceptRegistrations && (Registrations.Contains(file) || IsPageOf(file))))
            {
                continue;
            }

            found.AddRange(File.ReadLines(path).Select((line, i) => (Line: line, Number: i + 1)).Where(line => words.IsMatch(line.Line))
                .Select(line => $"{file}:{line.Number}: {line.Line.Trim()}"));
        }

        return found;
    }

    private static bool IsSource(string file) =>
        Path.GetExtension(file) is ".cs" or ".csproj" or ".js" or ".mjs" or ".ts" or ".html" or ".css" or ".json" or ".yml" or ".yaml" or ".service" or ".conf" or ""
        && !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "wwwroot" or "test" or "artifacts")
        && Path.GetFileName(file) is not ("packages.lock.json" or "package-lock.json");

    /// <summary>A page's own folder, except those of pages that show every pipeline.</summary>
    private static bool IsPageOf(string file) =>
        file.StartsWith("dashboards/client/src/pages/", StringComparison.Ordinal) && !file.StartsWith("dashboards/client/src/pages/overview/", StringComparison.Ordinal);
}
