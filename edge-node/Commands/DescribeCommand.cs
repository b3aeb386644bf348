using System.CommandLine;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary><c>edge-node describe</c>: the files of the repository that are made from the code.</summary>
internal static class DescribeCommand
{
    public static Command Create(StreamCatalogue catalogue)
    {
        var write = new Option<string?>("--write") { Description = "Write schemas/ and docs/configuration.md under this folder.", HelpName = "ROOT" };
        var check = new Option<string?>("--check") { Description = "Only compare: names the files that are not current and exits with 1.", HelpName = "ROOT" };
        var command = new Command("describe", "Make the JSON Schemas and the configuration reference from the program itself, or check that they are current.")
        {
            write,
            check,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(write) is null == result.GetValue(check) is null)
            {
                result.AddError("Give either --write ROOT or --check ROOT.");
            }
        });
        command.SetAction(parsed => parsed.GetValue(write) is { } root
            ? Write(catalogue, root, parsed.InvocationConfiguration.Output)
            : Check(catalogue, parsed.GetValue(check)!, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Write(StreamCatalogue catalogue, string root, TextWriter output)
    {
        foreach ((string path, string text) in GeneratedFiles.All(catalogue))
        {
            string file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            output.WriteLine(path);
        }

        return ExitCode.Done;
    }

    private static int Check(StreamCatalogue catalogue, string root, TextWriter errors)
    {
        string[] stale = [.. GeneratedFiles.All(catalogue).Where(pair => Read(Path.Combine(root, pair.Key)) != pair.Value).Select(pair => pair.Key)];
        foreach (string path in stale)
        {
            errors.WriteLine($"{path} is not current: run edge-node describe --write {root}");
        }

        return stale.Length == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static string? Read(string file) => File.Exists(file) ? File.ReadAllText(file) : null;
}
