using System.CommandLine;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary>The argument FILE and the option --set, which several commands share.</summary>
internal sealed class NodeFile
{
    public Argument<string> File { get; } = new("FILE") { Description = "The node's configuration, e.g. node.json. See docs/configuration.md." };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Override a value: --set mqtt.port=8883. Can be repeated; takes precedence over SENSING__mqtt__port=8883 in the environment.",
        HelpName = "path=value",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        command.Add(File);
        command.Add(Set);
    }

    /// <summary>Reads and checks the file; prints every mistake.</summary>
    /// <returns>Null where it has mistakes.</returns>
    public NodeOptions? Load(ParseResult parsed, StreamCatalogue catalogue, TextWriter errors)
    {
        ConfigurationResult<NodeOptions> result = Load(parsed, catalogue);
        foreach (ConfigurationProblem problem in result.Problems)
        {
            errors.WriteLine(problem);
        }

        return result.Value;
    }

    public ConfigurationResult<NodeOptions> Load(ParseResult parsed, StreamCatalogue catalogue) => new NodeConfiguration(catalogue)
        .Load(Path(parsed), NodeConfiguration.ProcessEnvironment(), parsed.GetValue(Set) ?? []);

    public string Path(ParseResult parsed) => parsed.GetRequiredValue(File);

    public string Folder(ParseResult parsed) => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path(parsed)))!;
}
