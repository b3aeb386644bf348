namespace Sensing.Das.Figures;

/// <summary>Brings samples to the size of a picture.</summary>
internal static class WaterfallImage
{
    /// <summary>Distance × time, largest distance first, at most about a value a pixel: of the values that fall on one, the strongest.</summary>
    /// <remarks>The strongest rather than the mean: a vehicle that is a pixel wide must not fade into the noise's mean.</remarks>
    public static double[,] Pool(ReadOnlySpan<float> values, int rows, int channels, int width, int height)
    {
        int perColumn = Math.Max(1, (int)Math.Ceiling((double)rows / width));
        int perLine = Math.Max(1, (int)Math.Ceiling((double)channels / height));
        int columns = (rows + perColumn - 1) / perColumn;
        int lines = (channels + perLine - 1) / perLine;
        var image = new double[lines, columns];
        for (int y = 0; y < lines; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                image[y, x] = double.NaN;
            }
        }

        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < channels; c++)
            {
                float value = values[(r * channels) + c];
                ref double pixel = ref image[lines - 1 - (c / perLine), r / perColumn];
                if (!float.IsNaN(value) && (double.IsNaN(pixel) || Math.Abs(value) > Math.Abs(pixel)))
                {
                    pixel = value;
                }
            }
        }

        return image;
    }

    /// <summary>99.5th percentile of the sizes; 1 where there is nothing but zeros.</summary>
    public static double Strong(double[,] image)
    {
        double[] sizes = [.. image.Cast<double>().Where(double.IsFinite).Select(Math.Abs).Order()];
        double strong = sizes.Length == 0 ? 0 : sizes[(int)(0.995 * (sizes.Length - 1))];
        return strong > 0 ? strong : 1;
    }
}
