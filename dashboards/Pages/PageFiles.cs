using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace Sensing.Dashboards.Pages;

/// <summary>The client's files: read once from the assembly and compressed once, so that a request only copies bytes.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "wwwroot/";
    private readonly FrozenDictionary<string, PageFile> _files;

    private PageFiles(FrozenDictionary<string, PageFile> files) => _files = files;

    /// <summary>The files embedded in this assembly by client.targets.</summary>
    public static PageFiles Embedded { get; } = Load(typeof(PageFiles).Assembly);

    public IEnumerable<string> Paths => _files.Keys;

    /// <summary>The file at <paramref name="path"/> (no leading slash), or null.</summary>
    public PageFile? Find(string path) => _files.GetValueOrDefault(path);

    private static PageFiles Load(Assembly assembly)
    {
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string path = name[Prefix.Length..].Replace('\\', '/');
            using Stream resource = assembly.GetManifestResourceStream(name)!;
            using var plain = new MemoryStream();
            resource.CopyTo(plain);
            files[path] = Prepare(path, plain.ToArray());
        }

        return new PageFiles(files.ToFrozenDictionary(StringComparer.Ordinal));
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
