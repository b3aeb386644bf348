using System.Globalization;
using System.Text.RegularExpressions;

namespace Sensing.Benchmarks.Camera;

/// <summary>A labelled sound file: its class is in its name.</summary>
/// <param name="Path">The file.</param>
/// <param name="IsSiren">Whether the name says siren, ambulance, fire, police, wail, yelp or hi-lo.</param>
/// <param name="Number">The last number in the name; 0: none.</param>
internal sealed partial record SirenClip(string Path, bool IsSiren, int Number)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static IReadOnlyList<SirenClip> In(string folder) =>
    [
        .. Directory.EnumerateFiles(folder).Where(f => Sounds().IsMatch(f)).Order(StringComparer.Ordinal).Select(f => new SirenClip(
            f,
            Sirens().IsMatch(System.IO.Path.GetFileNameWithoutExtension(f)),
            Numbers().Matches(System.IO.Path.GetFileNameWithoutExtension(f)) is { Count: > 0 } all
                ? int.Parse(all[^1].ValueSpan, CultureInfo.InvariantCulture) : 0)),
    ];

    [GeneratedRegex(@"\.(wav|mp3|ogg|oga|flac|m4a|aac|opus|mp4|mkv|avi|mov|webm)$", RegexOptions.IgnoreCase)]
    private static partial Regex Sounds();

    [GeneratedRegex("(?<!no[-_ ]?)siren|ambulance|fire|police|emergency|wail|yelp|hi-?lo", RegexOptions.IgnoreCase)]
    private static partial Regex Sirens();

    [GeneratedRegex(@"\d{1,8}")]
    private static partial Regex Numbers();
}
