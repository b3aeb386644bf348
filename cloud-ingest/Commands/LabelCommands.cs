using System.CommandLine;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Models;
using Sensing.Events;
using Sensing.Models;

namespace Sensing.CloudIngest.Commands;

/// <summary><c>cloud-ingest models windows</c> and <c>label</c>: how labels come to the windows that nodes have sent.</summary>
internal static class LabelCommands
{
    private const string Header = "source,id,label,time,says";

    public static Command CreateWindows(EventCatalogue catalogue, IReadOnlyList<IModelTraining> trainings)
    {
        var arguments = new ConfigurationArguments(catalogue);
        Argument<string> name = ModelsCommand.Name();
        var output = new Option<FileInfo>("--out") { Description = "CSV file to write.", HelpName = "FILE", Required = true };
        var server = new Option<string?>("--server") { Description = "Address of the query API that has the windows (default: http.address).", HelpName = "URL" };
        server.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            {
                result.AddError("--server must look like http://127.0.0.1:8080.");
            }
        });
        var command = new Command("windows", """
            Write the windows that nodes have sent and nobody has labelled, one a line, with an empty column 'label' to fill in.
            They are read from the query API of a tier that runs; http.apiKeyFile is used where it is configured.
            """);
        arguments.AddTo(command);
        command.Arguments.Add(name);
        command.Options.Add(output);
        command.Options.Add(server);
        command.SetAction((parsed, cancellation) => Task.FromResult(ModelsCommand.WithRegistry(arguments, parsed, (options, registry) =>
        {
            if (Find(trainings, parsed.GetRequiredValue(name)) is not { } training)
            {
                return ExitCode.Configuration;
            }

            IReadOnlyDictionary<(string, string), string> labelled = new ModelLabels(registry).Read(training.Model);
            using var api = new WindowsOfApi(new Uri(parsed.GetValue(server) ?? options.Http.Address), Key(options));
            int all = 0, written = 0;
            FileInfo file = parsed.GetRequiredValue(output);
            try
            {
                using StreamWriter writer = file.CreateText();
                writer.WriteLine(Header);
                foreach (SensorEvent window in api.Read(training.Windows, cancellation))
                {
                    all++;
                    if (!labelled.ContainsKey((window.Source.Source, window.Id)))
                    {
                        written++;
                        writer.WriteLine($"{window.Source.Source},{window.Id},,{EventTime.Format(window.Time)},{training.Describe(window.Data).Replace(',', ';')}");
                    }
                }
            }
            catch (HttpRequestException error)
            {
                Console.Error.WriteLine($"cloud-ingest: the windows cannot be read: {error.Message} Is the tier running? --server names its address.");
                return ExitCode.Unavailable;
            }

            Console.Out.WriteLine($"Wrote {written} of {all} windows to {file}. Fill in 'label' ({string.Join(", ", training.Labels)}), then run 'cloud-ingest models label'.");
            return ExitCode.Ok;
        })));
        return command;
    }

    public static Command CreateLabel(EventCatalogue catalogue, IReadOnlyList<IModelTraining> trainings)
    {
        var arguments = new ConfigurationArguments(catalogue);
        Argument<string> name = ModelsCommand.Name();
        var file = new Argument<FileInfo>("file") { Description = "CSV with the columns source, id and label; lines without a label are left out." };
        var command = new Command("label", "Add the labels of a CSV file. After models.trainAfterLabels new ones the tier trains the model again.");
        arguments.AddTo(command);
        command.Arguments.Add(name);
        command.Arguments.Add(file);
        command.SetAction(parsed => ModelsCommand.WithRegistry(arguments, parsed, (_, registry) =>
        {
            if (Find(trainings, parsed.GetRequiredValue(name)) is not { } training)
            {
                return ExitCode.Configuration;
            }

            LabelLine[] lines = [.. LabelLines.Read(parsed.GetRequiredValue(file).FullName)];
            int all = new ModelLabels(registry).Add(training, lines);
            Console.Out.WriteLine($"Read {lines.Length} labels; {all} windows of {training.Model} are labelled, {registry.TrainedLabels(training.Model)} were at the last training.");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static IModelTraining? Find(IReadOnlyList<IModelTraining> trainings, string name)
    {
        IModelTraining? found = trainings.FirstOrDefault(training => training.Model == name);
        if (found is null)
        {
            Console.Error.WriteLine($"cloud-ingest: no pipeline trains models called '{name}': use {string.Join(", ", trainings.Select(training => training.Model).DefaultIfEmpty("none"))}.");
        }

        return found;
    }

    private static string? Key(CloudOptions options) => options.Http.ApiKeyFile is { } file
        ? File.ReadLines(file).Select(line => line.Split('#')[0].Trim()).FirstOrDefault(line => line.Length > 0)
        : null;
}
