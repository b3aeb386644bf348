using System.CommandLine;
using Sensing.Configuration;
using Sensing.Modules;

namespace Sensing.EdgeNode.Commands;

/// <summary><c>edge-node describe</c>: the files of the repository that are made from the code.</summary>
internal static class DescribeCommand
{
    public static Command Create(ModuleCatalogue modules)
    {
        var write = new Option<string?>("--write") { Description = "Write schemas/ and docs/configuration.md under this folder.", HelpName = "ROOT" };
        var check = new Option<string?>("--check") { Description = "Only compare: list the files that are not current and exit with 1.", HelpName = "ROOT" };
        var command = new Command("describe", "Generate the JSON Schemas and the configuration reference from the program, or check that they are current.")
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
            ? Write(new GeneratedFiles(root, NodeDescription.Files(modules)), parsed.InvocationConfiguration.Output)
            : Check(new GeneratedFiles(parsed.GetValue(check)!, NodeDescription.Files(modules)), parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Write(GeneratedFiles files, TextWriter output)
    {
        foreach (string path in files.Write())
        {
            output.WriteLine($"Wrote {path}.");
        }

        return ExitCode.Done;
    }

    private static int Check(GeneratedFiles files, TextWriter errors)
    {
        IReadOnlyList<string> stale = files.Stale();
        foreach (string path in stale)
        {
            errors.WriteLine($"{path} is stale: run edge-node describe --write.");
        }

        return stale.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
