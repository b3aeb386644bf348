using ScottPlot;

namespace Sensing.Plots;

/// <summary>The font of all text in pictures, taken from a file.</summary>
/// <remarks>The native library without dependencies does not ask the system for fonts, so the file is named to it; a
/// picture whose text is missing without a word is worse than none.</remarks>
public static class PlotFont
{
    /// <summary>Sans-serif fonts with Latin, Greek and arrows, best first.</summary>
    private static readonly string[] Files =
        ["DejaVuSans.ttf", "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "OpenSans-Regular.ttf", "Arial.ttf", "arial.ttf"];

    private static readonly Lazy<string> Found = new(() => Find(Folders()));

    private static readonly Lazy<string> Registered = new(() => Register(Found.Value));

    /// <summary>Name under which figures ask for the font.</summary>
    /// <exception cref="PlotException">None of the fonts is installed.</exception>
    public static string Name => Registered.Value;

    /// <summary>The font's file, for what draws without figures.</summary>
    /// <exception cref="PlotException">None of the fonts is installed.</exception>
    public static string File => Found.Value;

    /// <summary>The first of the fonts in any of the folders.</summary>
    /// <exception cref="PlotException">There is none.</exception>
    internal static string Find(IReadOnlyList<string> folders)
    {
        var look = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (string file in Files)
        {
            foreach (string folder in folders.Where(Directory.Exists))
            {
                if (Directory.EnumerateFiles(folder, file, look).FirstOrDefault() is { } path)
                {
                    return path;
                }
            }
        }

        throw new PlotException(
            $"No font was found for the text in pictures. Looked in {string.Join(", ", folders)} for {string.Join(", ", Files.Distinct(StringComparer.OrdinalIgnoreCase))}. "
            + "On Debian and Ubuntu: apt-get install fonts-dejavu-core.");
    }

    private static string Register(string regular)
    {
        const string name = "sensing";
        Fonts.AddFontFile(name, regular, bold: false, italic: false);
        string bold = regular.Replace("-Regular", "-Bold", StringComparison.Ordinal).Replace("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", StringComparison.Ordinal);
        Fonts.AddFontFile(name, System.IO.File.Exists(bold) ? bold : regular, bold: true, italic: false);
        return name;
    }

    private static string[] Folders()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return
        [
            "/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(home, ".local/share/fonts"), Path.Combine(home, ".fonts"),
            "/System/Library/Fonts/Supplemental", "/Library/Fonts", Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
        ];
    }
}
