using System.CommandLine;
using Sensing.CloudIngest.Configuration;
using Sensing.Configuration;

namespace Sensing.CloudIngest.Commands;

/// <summary><c>cloud-ingest describe</c>: what is made from the code: schema and reference of its configuration, AsyncAPI document of its messages.</summary>
internal static class DescribeCommand
{
    public static Command Create()
    {
        var root = new Argument<DirectoryInfo>("root") { Description = "The repository." };
        var write = new Option<bool>("--write") { Description = "Write schemas/cloud.schema.json, schemas/asyncapi.json and docs/cloud-configuration.md." };
        var check = new Option<bool>("--check") { Description = "Only list those that are stale; exits with 1 if there are any." };
        var command = new Command("describe", "Write, or check, the generated descriptions of configuration and messages.") { root, write, check };
        command.Validators.Add(result =>
        {
            if (result.GetValue(write) == result.GetValue(check))
            {
                result.AddError("Give either --write or --check.");
            }
        });
        command.SetAction(parsed =>
        {
            GeneratedFiles files = CloudConfiguration.Generated(parsed.GetRequiredValue(root).FullName);
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
