using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.LightBars;

/// <summary>Draws a lamp into a frame: a core with a halo of its colour, saturated in the middle as cameras show
/// lights.</summary>
public static class SyntheticLamp
{
    /// <summary>Adds the lamp's light.</summary>
    /// <param name="frame">The frame, changed in place.</param>
    /// <param name="x">Centre, pixels.</param>
    /// <param name="y">Centre, pixels.</param>
    /// <param name="radius">Radius of the core, pixels.</param>
    /// <param name="strength">Light over the exposure; 1: saturates the core.</param>
    /// <param name="luma">Luma of the lamp's colour, 0…255.</param>
    /// <param name="cb">Blue difference of the colour, 0…255.</param>
    /// <param name="cr">Red difference of the colour, 0…255.</param>
    public static void Draw(Frame frame, double x, double y, double radius, double strength, byte luma, byte cb, byte cr)
    {
        int reach = (int)Math.Ceiling(radius * 3) + 1;
        for (int py = Math.Max((int)y - reach, 0); py <= Math.Min((int)y + reach, frame.Height - 1); py++)
        {
            for (int px = Math.Max((int)x - reach, 0); px <= Math.Min((int)x + reach, frame.Width - 1); px++)
            {
                double light = Light(px, py, x, y, radius) * strength;
                ref byte value = ref frame.Luma[(py * frame.Width) + px];
                // Light adds: a weak halo brightens what is there, the core saturates whatever the colour.
                value = (byte)Math.Min(value + (light * Math.Max(luma, (byte)60)), 255);
            }
        }

        for (int py = Math.Max(((int)y - reach) / 2, 0); py <= Math.Min(((int)y + reach) / 2, frame.ChromaHeight - 1); py++)
        {
            for (int px = Math.Max(((int)x - reach) / 2, 0); px <= Math.Min(((int)x + reach) / 2, frame.ChromaWidth - 1); px++)
            {
                double light = Light((2 * px) + 0.5, (2 * py) + 0.5, x, y, radius) * strength;
                // The core is white, the halo coloured.
                double share = Math.Min(light, 1) * (light > 1.2 ? 1.2 / light : 1);
                int at = (py * frame.ChromaWidth) + px;
                frame.Cb[at] = (byte)Math.Clamp(frame.Cb[at] + (share * (cb - frame.Cb[at])), 0, 255);
                frame.Cr[at] = (byte)Math.Clamp(frame.Cr[at] + (share * (cr - frame.Cr[at])), 0, 255);
            }
        }
    }

    private static double Light(double px, double py, double x, double y, double radius)
    {
        double r2 = (((px - x) * (px - x)) + ((py - y) * (py - y))) / (radius * radius);
        return 1.5 * Math.Exp(-r2);
    }
}
