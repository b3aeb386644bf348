namespace Sensing.Plots;

/// <summary>Writes pictures; the name's ending, <c>.png</c> or <c>.svg</c>, chooses the format.</summary>
internal static class PictureFile
{
    /// <exception cref="PlotException">Another ending.</exception>
    public static void Save(string path, Func<byte[]> png, Func<string> svg)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".png":
                File.WriteAllBytes(path, png());
                break;
            case ".svg":
                File.WriteAllText(path, svg());
                break;
            default:
                throw new PlotException($"{path}: pictures are written as .png or .svg.");
        }
    }
}
