using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Simulation;

namespace Sensing.Marine.Impacts.Models;

/// <summary>Windows whose classes are known, by which a node examines a model before it runs: simulated voyages that no training uses.</summary>
internal static class ReferenceWindows
{
    /// <summary>First of the seeds; those of training are drawn from others, and a coincidence would change little.</summary>
    private const int Seed = 77_000_001;

    private const int Voyages = 12;

    /// <summary>Share of the windows that a model gets right.</summary>
    public static double Accuracy(Func<float[], float[]> classify)
    {
        var features = new WindowFeatures();
        int right = 0, all = 0;
        for (int i = 0; i < Voyages; i++)
        {
            foreach (SimulatedWindow window in SimulatedWindows.Of(new VoyageOptions { Seed = Seed + i, TurnedDeg = 2 }, out _).Where(window => !window.IsLate))
            {
                right += Calibration.Best(classify(features.Of(window.Motion))) == (int)window.Class ? 1 : 0;
                all++;
            }
        }

        return (double)right / all;
    }
}
