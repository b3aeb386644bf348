using Sensing.TrafficCamera.LightBars;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <summary>Puts lamps on the vehicles of a real clip: light bars on some, what is taken for one on others.</summary>
internal static class LightBarScene
{
    /// <summary>Names of the light bars, in the order of their numbers.</summary>
    public static readonly string[] Bars =
        ["one blue lamp, 1.92 Hz", "white double pulses in turn, 2 Hz", "blue double pulses in turn, 2 Hz", "red triple pulses, 1.5 Hz", "blue and red in turn, 3 Hz"];

    /// <summary>Names of the confusers, in the order of their numbers.</summary>
    public static readonly string[] Confusers = ["brake lights", "indicator", "taxi sign", "amber beacon", "sun glint", "headlight flash"];

    private static readonly (byte Luma, byte Cb, byte Cr) Blue = (90, 230, 100), Red = (110, 95, 230), White = (250, 128, 128), Amber = (170, 40, 190);

    /// <summary>Draws a light bar of a kind on a vehicle.</summary>
    public static void DrawBar(List<Frame> frames, Dictionary<int, VehicleBox> boxes, int kind, double rate, Random random)
    {
        double phase = random.NextDouble();
        (double Side, (byte Luma, byte Cb, byte Cr) Colour, FlashPattern Pattern)[] lamps = kind switch
        {
            0 => [(random.Next(2) == 0 ? 0.3 : 0.7, Blue, new FlashPattern(1 / 1.92, 1, 0.045, 0, phase))],
            1 => [(0.25, White, new FlashPattern(0.5, 2, 0.05, 0.07, phase)), (0.75, White, new FlashPattern(0.5, 2, 0.05, 0.07, phase + 0.5))],
            2 => [(0.25, Blue, new FlashPattern(0.5, 2, 0.04, 0.06, phase)), (0.75, Blue, new FlashPattern(0.5, 2, 0.04, 0.06, phase + 0.5))],
            3 => [(0.4, Red, new FlashPattern(1 / 1.5, 3, 0.04, 0.05, phase))],
            _ => [(0.25, Blue, new FlashPattern(1 / 3.0, 1, 0.06, 0, phase)), (0.75, Red, new FlashPattern(1 / 3.0, 1, 0.06, 0, phase + 0.5))],
        };
        foreach (var (side, colour, pattern) in lamps)
        {
            Draw(frames, boxes, rate, side, 0.05, 0.05, colour, pattern.Lit, random);
        }
    }

    /// <summary>Draws a confuser of a kind on a vehicle.</summary>
    public static void DrawConfuser(List<Frame> frames, Dictionary<int, VehicleBox> boxes, int kind, double rate, Random random)
    {
        double phase = random.NextDouble();
        switch (kind)
        {
            case 0:
                FlashPattern brake = new(random.Next(2) == 0 ? 0 : 2.5, 1, 1.2, 0, phase);
                Draw(frames, boxes, rate, 0.15, 0.6, 0.05, Red, brake.Lit, random);
                Draw(frames, boxes, rate, 0.85, 0.6, 0.05, Red, brake.Lit, random);
                break;
            case 1:
                Draw(frames, boxes, rate, 0.12, 0.55, 0.05, Amber, new FlashPattern(1 / 1.5, 1, 0.33, 0, phase).Lit, random);
                break;
            case 2:
                Draw(frames, boxes, rate, 0.5, 0.05, 0.06, (220, 90, 140), new FlashPattern(0, 0, 0, 0, 0).Lit, random);
                break;
            case 3:
                Draw(frames, boxes, rate, 0.5, 0.05, 0.05, Amber, new FlashPattern(0.6, 1, 0.1, 0, phase).Lit, random);
                break;
            case 4:
                // A glint lasts as long as the geometry: at times of its own.
                double[] glints = [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble() * frames.Count / rate)];
                Draw(frames, boxes, rate, 0.4, 0.15, 0.05, White, (t, e) => glints.Any(g => t + e > g && t < g + 0.08) ? 1 : 0, random);
                break;
            default:
                double start = random.NextDouble() * frames.Count / rate;
                Draw(frames, boxes, rate, 0.2, 0.6, 0.05, White, (t, _) => t > start && t < start + 0.7 && (t - start) % 0.35 < 0.2 ? 1 : 0, random);
                break;
        }
    }

    private static void Draw(
        List<Frame> frames, Dictionary<int, VehicleBox> boxes, double rate, double side, double down, double size,
        (byte Luma, byte Cb, byte Cr) colour, Func<double, double, double> lit, Random random)
    {
        double exposure = 1 / (30 + (random.NextDouble() * 70)), brightness = 0.7 + (0.6 * random.NextDouble());
        int first = boxes.Keys.Min(), last = boxes.Keys.Max();
        for (int f = first; f <= last && f < frames.Count; f++)
        {
            // Boxes jitter, lamps do not: the mean of the boxes around.
            VehicleBox[] near = [.. Enumerable.Range(f - 5, 11).Where(boxes.ContainsKey).Select(k => boxes[k])];
            double strength = lit(f / rate, exposure) * brightness;
            if (near.Length == 0 || strength <= 0.01)
            {
                continue;
            }

            double width = near.Average(b => b.Width), height = near.Average(b => b.Height);
            SyntheticLamp.Draw(
                frames[f], near.Average(b => b.Left) + (side * width), near.Average(b => b.Top) + (down * height),
                Math.Max(size * width, 1.3), strength, colour.Luma, colour.Cb, colour.Cr);
        }
    }
}
