using System.Collections;
using System.CommandLine;
using Sensing.CloudIngest.Configuration;
using Sensing.Configuration;
using Sensing.Events;

namespace Sensing.CloudIngest.Commands;

/// <summary>The file and its overrides on the command line, shared by the commands that read it.</summary>
internal sealed class ConfigurationArguments(EventCatalogue catalogue)
{
    private readonly Argument<FileInfo> _file = new("cloud.json") { Description = "Configuration; docs/cloud-configuration.md describes it." };

    private readonly Option<string[]> _set = new("--set") { Description = "Override a value: --set mqtt.embedded.port=1884. Can be repeated." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_file);
        command.Options.Add(_set);
    }

    /// <summary>The options; null after every mistake has been reported.</summary>
    public CloudOptions? Read(ParseResult parsed, out int exitCode)
    {
        FileInfo file = parsed.GetRequiredValue(_file);
        exitCode = ExitCode.NoFile;
        string text;
        try
        {
            text = File.ReadAllText(file.FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"cloud-ingest: {file} cannot be read: {error.Message}");
            return null;
        }

        var overrides = new List<(string Path, string Value)>();
        foreach (string set in parsed.GetValue(_set) ?? [])
        {
            string[] parts = set.Split('=', 2);
            if (parts.Length != 2)
            {
                Console.Error.WriteLine($"cloud-ingest: --set {set}: must look like mqtt.embedded.port=1884");
                exitCode = ExitCode.Configuration;
                return null;
            }

            overrides.Add((parts[0], parts[1]));
        }

        IEnumerable<KeyValuePair<string, string>> environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
        ConfigurationResult<CloudOptions> result = CloudConfiguration.Bind(text, environment, overrides, catalogue);
        exitCode = result.IsValid ? ExitCode.Ok : ExitCode.Configuration;
        foreach (ConfigurationProblem problem in result.Problems)
        {
            Console.Error.WriteLine($"{file}: {problem}");
        }

        return result.Value;
    }
}
