namespace Sensing.TrafficCamera.LightBars;

/// <summary>The colour of a lamp's light: how the mean colour of its cell changes as it is lit.</summary>
/// <remarks>
/// Light moves each pixel from the paint's colour towards the lamp's, so that the direction of the change is the lamp's
/// hue whatever the paint. BT.601:
/// (Cb, Cr) of red is at 109°, of a red lamp that overdrives the sensor at about 118°, of amber (590 nm) at 145° to
/// 148°.
/// </remarks>
internal struct FlashHue
{
    // Tangent of 127°, halfway from a bright red to amber.
    private const double AmberSlope = 0.75;

    // Change of Cb over change of luma: white light over blue paint stays below, the halo of an amber lamp does not.
    private const double AmberOfLuma = 0.08;
    private const double LeastChange = 0.7;
    private const double LeastPart = 0.4;

    private double _luma;
    private double _cb;
    private double _cr;
    private int _flashes;

    /// <summary>Adds a flash.</summary>
    /// <param name="luma">Change of the mean luma, levels.</param>
    /// <param name="cb">Change of the mean Cb, levels.</param>
    /// <param name="cr">Change of the mean Cr, levels.</param>
    public void Add(double luma, double cb, double cr)
    {
        _luma += luma;
        _cb += cb;
        _cr += cr;
        _flashes++;
    }

    /// <summary>Whether flashes that were found in a channel can be a light bar's by their colour.</summary>
    public readonly bool Fits(int channel)
    {
        bool amber = _cb < 0 && -_cb > AmberSlope * _cr && _cr > 0;
        return channel switch
        {
            RoofSample.Blue => _cb > 0 && _cb > _cr,
            RoofSample.Red => _cr > 0 && !amber,
            _ => _luma > 0 && !(amber && -_cb > AmberOfLuma * _luma && -_cb > LeastChange * _flashes),
        };
    }

    /// <summary>Whether the light is added to a larger cell too: a steady lamp at a cell's edge only moves from cell to
    /// cell as the region jitters.</summary>
    /// <param name="around">The same flashes in the larger cell.</param>
    /// <param name="ratio">Its area over this one's.</param>
    /// <param name="channel">Where the flashes were found.</param>
    public readonly bool IsPartOf(in FlashHue around, int ratio, int channel)
    {
        (double here, double there) = channel switch
        {
            RoofSample.Blue => (_cb, around._cb),
            RoofSample.Red => (_cr, around._cr),
            _ => (_luma, around._luma),
        };
        return there * ratio >= LeastPart * here;
    }
}
