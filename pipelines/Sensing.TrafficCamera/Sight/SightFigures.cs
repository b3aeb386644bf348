namespace Sensing.TrafficCamera.Sight;

/// <summary>What is measured of one frame.</summary>
/// <param name="Luminance">Mean luma, 0…255.</param>
/// <param name="Range">Luma between its 2 % and 98 % quantiles: dynamic range, 0…255.</param>
/// <param name="Contrast">Upper quartile over blocks of 16 × 16 pixels of the range of luma in the block, 0…255.</param>
/// <param name="DarkChannel">Lower quartile over blocks of the block's darkest value of any colour, 0…255: near 0 in clear
/// air (He, Sun, Tang, CVPR 2009).</param>
/// <param name="Saturated">Share of pixels at the sensor's limit.</param>
/// <param name="Noise">Standard deviation of the noise, levels: the smaller one of its estimates from neighbouring pixels
/// (Immerkær, Computer Vision and Image Understanding 64, 1996) and from successive frames.</param>
/// <param name="Sparkle">Share of pixels that are brighter than in the frame before and in the one after: drops.</param>
/// <param name="MotionPx">Displacement of the whole picture since the frame before, pixels.</param>
public readonly record struct SightFigures(
    double Luminance,
    double Range,
    double Contrast,
    double DarkChannel,
    double Saturated,
    double Noise,
    double Sparkle,
    double MotionPx);
