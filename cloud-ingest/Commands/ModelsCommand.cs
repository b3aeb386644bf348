using System.CommandLine;
using System.Globalization;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Models;
using Sensing.Events;
using Sensing.Models;

namespace Sensing.CloudIngest.Commands;

/// <summary><c>cloud-ingest models …</c>: the model registry. A tier that runs sees every change within seconds.</summary>
internal static class ModelsCommand
{
    public static Command Create(EventCatalogue catalogue, IReadOnlyList<IModelTraining> trainings) =>
        new("models", """
            List, register, publish and revert the models that nodes run, and label the windows that they are trained from.
            A tier that runs sees every change within seconds; models.directory in cloud.json names the registry.
            """)
        {
            List(catalogue),
            Add(catalogue),
            Publish(catalogue),
            Revert(catalogue),
            LabelCommands.CreateWindows(catalogue, trainings),
            LabelCommands.CreateLabel(catalogue, trainings),
        };

    /// <summary>The models that a run of a command is about, or the exit code after its mistakes have been reported.</summary>
    internal static int WithRegistry(ConfigurationArguments arguments, ParseResult parsed, Func<CloudOptions, ModelRegistry, int> run)
    {
        if (arguments.Read(parsed, out int exitCode) is not { } options)
        {
            return exitCode;
        }

        if (options.Models.Directory is not { } folder)
        {
            Console.Error.WriteLine("cloud-ingest: models.directory is missing in the configuration: name the folder of the registry.");
            return ExitCode.Configuration;
        }

        try
        {
            return run(options, new ModelRegistry(folder, options.Models.MaxModelBytes, TimeProvider.System));
        }
        catch (Exception error) when (error is RegistryException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"cloud-ingest: {error.Message}");
            return ExitCode.Unavailable;
        }
    }

    private static Command List(EventCatalogue catalogue)
    {
        var arguments = new ConfigurationArguments(catalogue);
        var command = new Command("list", "List all models with version, state, figures and digest.");
        arguments.AddTo(command);
        command.SetAction(parsed => WithRegistry(arguments, parsed, (_, registry) =>
        {
            IReadOnlyList<RegisteredModel> models = registry.List();
            if (models.Count == 0)
            {
                Console.Out.WriteLine($"No models in {registry.Folder}.");
            }

            foreach (RegisteredModel model in models)
            {
                Console.Out.WriteLine(FormattableString.Invariant(
                    $"{model.Name} {model.Version}  {model.State.ToString().ToLowerInvariant()}  {model.Length} bytes  registered {model.RegisteredAt:yyyy-MM-dd HH:mm}"));
                Console.Out.WriteLine($"  {model.Reason}");
                foreach (ModelMetric metric in model.Metrics)
                {
                    string inUse = metric.InUse is { } value ? $" (in use: {Figure(value)})" : "";
                    Console.Out.WriteLine($"  {metric.Name}: {Figure(metric.Value)}{inUse}");
                }

                Console.Out.WriteLine($"  origin: {model.Origin}");
                Console.Out.WriteLine($"  sha256 {model.Digest}");
            }

            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Add(EventCatalogue catalogue)
    {
        var arguments = new ConfigurationArguments(catalogue);
        Argument<string> name = Name();
        var file = new Argument<FileInfo>("file") { Description = "The ONNX file." };
        var version = new Option<string>("--model-version") { Description = "Its version: numbers separated by dots.", HelpName = "VERSION", Required = true };
        var command = new Command("add", "Register a file as a candidate. It is not compared; 'publish' sends it to nodes, which still run it in shadow first.");
        arguments.AddTo(command);
        command.Arguments.Add(name);
        command.Arguments.Add(file);
        command.Options.Add(version);
        command.SetAction(parsed => WithRegistry(arguments, parsed, (options, registry) =>
        {
            FileInfo given = parsed.GetRequiredValue(file);
            if (given.Exists && given.Length > options.Models.MaxModelBytes)
            {
                Console.Error.WriteLine($"cloud-ingest: {given} has {given.Length} bytes, above models.maxModelBytes ({options.Models.MaxModelBytes}).");
                return ExitCode.Configuration;
            }

            RegisteredModel added = registry.Add(parsed.GetRequiredValue(name), parsed.GetRequiredValue(version), File.ReadAllBytes(given.FullName));
            Console.Out.WriteLine($"Registered {added.Name} {added.Version}, sha256 {added.Digest}.");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Publish(EventCatalogue catalogue)
    {
        var arguments = new ConfigurationArguments(catalogue);
        Argument<string> name = Name();
        var version = new Argument<string>("version") { Description = "Its version." };
        var command = new Command("publish", "Make a registered model the one that nodes fetch; the one before is superseded.");
        arguments.AddTo(command);
        command.Arguments.Add(name);
        command.Arguments.Add(version);
        command.SetAction(parsed => WithRegistry(arguments, parsed, (_, registry) =>
        {
            RegisteredModel published = registry.Publish(parsed.GetRequiredValue(name), parsed.GetRequiredValue(version));
            Console.Out.WriteLine($"Published {published.Name} {published.Version}.");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Revert(EventCatalogue catalogue)
    {
        var arguments = new ConfigurationArguments(catalogue);
        Argument<string> name = Name();
        var reason = new Option<string>("--reason") { Description = "Why, for those who read the list.", HelpName = "TEXT", DefaultValueFactory = _ => "withdrawn by a person" };
        var command = new Command("revert", "Withdraw the published model: nodes stop using it, and the one published before is published again.");
        arguments.AddTo(command);
        command.Arguments.Add(name);
        command.Options.Add(reason);
        command.SetAction(parsed => WithRegistry(arguments, parsed, (_, registry) =>
        {
            (RegisteredModel withdrawn, RegisteredModel? published) = registry.Revert(parsed.GetRequiredValue(name), parsed.GetRequiredValue(reason));
            Console.Out.WriteLine(published is null
                ? $"Withdrew {withdrawn.Name} {withdrawn.Version}; nodes use what they had before."
                : $"Withdrew {withdrawn.Name} {withdrawn.Version}; published {published.Version} again.");
            return ExitCode.Ok;
        }));
        return command;
    }

    internal static Argument<string> Name() => new("name") { Description = "Name of the model." };

    private static string Figure(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
