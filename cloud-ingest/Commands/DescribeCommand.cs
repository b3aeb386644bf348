using System.CommandLine;
using Sensing.CloudIngest.Description;
using Sensing.Configuration;
using Sensing.Events;

namespace Sensing.CloudIngest.Commands;

/// <summary><c>cloud-ingest describe</c>: the files of the repository that are made from the code (<see cref="CloudDescription"/>).</summary>
internal static class DescribeCommand
{
    public static Command Create(EventCatalogue catalogue)
    {
        var root = new Argument<DirectoryInfo>("root") { Description = "The repository." };
        var write = new Option<bool>("--write") { Description = "Write schemas/cloud.schema.json, schemas/asyncapi.json, docs/cloud-configuration.md and docs/events.md." };
        var check = new Option<bool>("--check") { Description = "Only list those that are stale; exits with 1 if any is." };
        var command = new Command("describe", "Write, or check, the generated descriptions of configuration, events and messages.") { root, write, check };
        command.Validators.Add(result =>
        {
            if (result.GetValue(write) == result.GetValue(check))
            {
                result.AddError("Give either --write or --check.");
            }
        });
        command.SetAction(parsed =>
        {
            GeneratedFiles files = CloudDescription.Files(parsed.GetRequiredValue(root).FullName, catalogue);
            bool writing = parsed.GetValue(write);
            IReadOnlyList<string> stale = writing ? files.Write() : files.Stale();
            foreach (string path in stale)
            {
                Console.Out.WriteLine(writing ? $"Wrote {path}." : $"{path} is stale: run build/generate.");
            }

            return writing || stale.Count == 0 ? ExitCode.Ok : ExitCode.Stale;
        });
        return command;
    }
}
