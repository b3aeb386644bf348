using System.Security.Cryptography;
using System.Text;

namespace Sensing.EdgeNode.Tests.Models;

/// <summary>A folder of models that a test writes.</summary>
internal sealed class ModelFolder(string path)
{
    private DateTime _time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public string Path { get; } = Directory.CreateDirectory(path).FullName;

    public string Manifest => System.IO.Path.Combine(Path, "manifest.json");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public static string Digest(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    /// <summary>A line of the manifest.</summary>
    public static string Line(string name, string version, string file, string? digest = null) =>
        $$"""{ "name": "{{name}}", "version": "{{version}}", "file": "{{file}}"{{(digest is null ? "" : $", \"digest\": \"{digest}\"")}} }""";

    /// <summary>Writes the manifest.</summary>
    public void List(params string[] lines) => Write(Manifest, $$"""{ "models": [ {{string.Join(",\n", lines)}} ] }""");

    /// <summary>Writes a file below the folder, later than all others by the file system's clock: a test is faster than its grain.</summary>
    public void Write(string name, string content)
    {
        string file = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, content);
        _time = _time.AddSeconds(1);
        System.IO.File.SetLastWriteTimeUtc(file, _time);
    }
}
