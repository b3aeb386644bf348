namespace Sensing.TrafficCamera.Background;

internal sealed partial class BackgroundPixels
{
    /// <summary>Every so many pixels of a row, and rows, one is looked at for the exposure.</summary>
    private const int ExposureStep = 4;

    /// <summary>Below it, a change of exposure is left to each pixel's own learning.</summary>
    private const double LeastGain = 0.01;

    /// <summary>The same for white balance, levels.</summary>
    private const double LeastShift = 0.5;

    private readonly int[] _ratios = new int[512];
    private readonly int[] _shiftsCb = new int[128];
    private readonly int[] _shiftsCr = new int[128];

    /// <summary>Takes a change of the camera's exposure or of the light, which all pixels share, into the background.</summary>
    /// <remarks>The gain is the median ratio of frame to background over what was road in the frame before; a change of exposure is a
    /// factor also after gamma correction. White balance: the median shift of chroma. All pixels follow at once, those behind vehicles too.</remarks>
    public void FollowExposure(AlignedFrame frame, ReadOnlySpan<byte> classes)
    {
        if (!Seen)
        {
            return;
        }

        Array.Clear(_ratios);
        Array.Clear(_shiftsCb);
        Array.Clear(_shiftsCr);
        int count = 0, all = 0;
        for (int y = frame.Top; y < frame.Bottom; y += ExposureStep)
        {
            for (int x = frame.Left; x < frame.Right; x += ExposureStep)
            {
                int i = (y * _width) + x, b = Luma[i];
                all++;
                if (b < 24 || b > 240 || frame.Luma[i] > 250 || classes[i] == PixelClass.Vehicle || _seen[i] == 0)
                {
                    continue;
                }

                _ratios[Math.Min(511, ((frame.Luma[i] << 7) + 64) * 128 / Math.Max(1, (int)_y[i]))]++;
                _shiftsCb[Math.Clamp((((frame.Cb[i] << 7) - _cb[i]) >> 5) + 64, 0, 127)]++;
                _shiftsCr[Math.Clamp((((frame.Cr[i] << 7) - _cr[i]) >> 5) + 64, 0, 127)]++;
                count++;
            }
        }

        if (count < all / 8)
        {
            return;
        }

        double gain = Median(_ratios, count) / 128, cb = (Median(_shiftsCb, count) - 64) / 4, cr = (Median(_shiftsCr, count) - 64) / 4;
        gain = Math.Abs(gain - 1) < LeastGain ? 1 : gain;
        cb = Math.Abs(cb) < LeastShift ? 0 : cb;
        cr = Math.Abs(cr) < LeastShift ? 0 : cr;
        if (gain != 1 || cb != 0 || cr != 0)
        {
            Expose(gain, (int)Math.Round(cb * 128), (int)Math.Round(cr * 128));
        }
    }

    private void Expose(double gain, int cb, int cr)
    {
        int factor = (int)Math.Round(gain * 65536);
        for (int i = 0; i < _y.Length; i++)
        {
            if (_seen[i] != 0)
            {
                _y[i] = (short)Math.Clamp((_y[i] * (long)factor) >> 16, 128, 32640);
                _cb[i] = (short)Math.Clamp(_cb[i] + cb, 0, 32640);
                _cr[i] = (short)Math.Clamp(_cr[i] + cr, 0, 32640);
                Luma[i] = (byte)((_y[i] + 64) >> 7);
                _candidateY[i] = (byte)Math.Min(255, (_candidateY[i] * (long)factor) >> 16);
            }
        }
    }

    /// <summary>Median of a histogram, interpolated within its bin; values count at the bin's centre.</summary>
    private static double Median(ReadOnlySpan<int> histogram, int count)
    {
        int below = 0;
        for (int k = 0; k < histogram.Length; k++)
        {
            if (2 * (below + histogram[k]) >= count)
            {
                return k + (((count / 2.0) - below) / Math.Max(1, histogram[k]));
            }

            below += histogram[k];
        }

        return histogram.Length - 1;
    }
}
