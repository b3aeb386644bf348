using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sensing.Dashboards.Pages;

/// <summary>A built client: read once and compressed once, so that a request only copies bytes.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "wwwroot/";

    /// <summary>What the client's build writes last: the list of its pages.</summary>
    private const string List = "pages.json";

    private static readonly Lazy<PageFiles> OfAssembly = new(() => Load(typeof(PageFiles).Assembly));

    private readonly FrozenDictionary<string, PageFile> _byRoute;

    private PageFiles(FrozenDictionary<string, PageFile> byRoute) => _byRoute = byRoute;

    /// <summary>The client embedded in this assembly by client.targets.</summary>
    public static PageFiles Embedded => OfAssembly.Value;

    /// <summary>What each address is answered with: pages (<c>/</c>, <c>/fibre</c>) and files (<c>/lib/…</c>).</summary>
    public IReadOnlyDictionary<string, PageFile> ByRoute => _byRoute;

    /// <summary>The client that <c>client/build.mjs --out FOLDER</c> has built.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist or holds no built client.</exception>
    /// <exception cref="InvalidDataException">Its list of pages is damaged.</exception>
    public static PageFiles FromFolder(DirectoryInfo folder)
    {
        if (!File.Exists(Path.Combine(folder.FullName, List)))
        {
            throw new DirectoryNotFoundException(
                $"{folder.FullName} holds no built client ({List} is missing): build one there with 'node dashboards/client/build.mjs --out FOLDER'.");
        }

        return Arrange(folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(f => (Path.GetRelativePath(folder.FullName, f.FullName).Replace('\\', '/'), File.ReadAllBytes(f.FullName))));
    }

    private static PageFiles Load(Assembly assembly)
    {
        return Arrange(assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (name[Prefix.Length..].Replace('\\', '/'), Read(assembly, name))));
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using Stream resource = assembly.GetManifestResourceStream(name)!;
        using var plain = new MemoryStream();
        resource.CopyTo(plain);
        return plain.ToArray();
    }

    private static PageFiles Arrange(IEnumerable<(string Path, byte[] Plain)> source)
    {
        var files = source.ToDictionary(f => f.Path, f => f.Plain, StringComparer.Ordinal);
        PageList list = ReadList(files);
        files.Remove(List);
        var routes = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (PageEntry page in list.Pages)
        {
            string path = page.Path == "/" ? "index.html" : $"{page.Name}.html";
            if (!files.Remove(path, out byte[]? shell))
            {
                throw new InvalidDataException($"{List} names the page '{page.Name}', and {path} is missing: build the client again.");
            }

            routes.Add(page.Path, Prepare(path, shell));
        }

        foreach ((string path, byte[] plain) in files)
        {
            routes.Add("/" + path, Prepare(path, plain));
        }

        return new PageFiles(routes.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static PageList ReadList(Dictionary<string, byte[]> files)
    {
        if (!files.TryGetValue(List, out byte[]? json))
        {
            throw new InvalidDataException($"The dashboard was built without its client: {List} is missing.");
        }

        try
        {
            return JsonSerializer.Deserialize(json, DashboardJson.Default.PageList) ?? throw new InvalidDataException($"{List} is empty: build the client again.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{List} is damaged ({error.Message}): build the client again.", error);
        }
    }

    private static PageFile Prepare(string path, byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(plain)[..12])}\"";
        return new PageFile(ContentType(path), plain, compressed.Length < plain.Length ? compressed.ToArray() : null, tag);
    }

    private static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" or ".webmanifest" => "application/json",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };
}
