using Sensing.Marine.Impacts;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;

namespace Sensing.Marine.Refinement.Tests;

/// <summary>A small trained classifier, and versions of it that a test makes by hand.</summary>
public sealed class Networks
{
    /// <summary>Standard deviations above the mean of all seas: they rarely come there, and features are cut at 4.</summary>
    private const float Rare = 3.5f;

    public ImpactNetwork Trained { get; } = ImpactTraining.Train([], seed: 1, voyages: 40).Network;

    public byte[] File(string origin) => NetworkFile.Write(Trained, origin);

    /// <summary>All that it calls one class, it calls by the name of the class at the other end.</summary>
    public byte[] Confused() => NetworkFile.Write(
        Of(Trained.Hidden, Trained.HiddenBias, [.. Trained.Output.Chunk(Trained.Classes.Count).SelectMany(row => row.Reverse())], [.. Trained.OutputBias.Reverse()]),
        "confused");

    /// <summary>It alarms, whatever else it sees, where the rates of turn are larger than those of nearly all seas.</summary>
    public byte[] AlarmsWhereItTurns()
    {
        int feature = ((IList<string>)[.. new WindowFeatures().Names]).IndexOf("rate rms");
        int units = Trained.HiddenBias.Length;
        float[] hidden = [.. Trained.Hidden.Chunk(units).SelectMany((row, f) => (float[])[.. row, f == feature ? 20 : 0])];
        float[] outvote = [.. Enumerable.Range(0, Trained.Classes.Count).Select(label => label == (int)ImpactClass.Bow ? 40f : 0)];
        float[] bias = [.. Trained.OutputBias.Select((value, label) => value + outvote[label])];
        return NetworkFile.Write(Of(hidden, [.. Trained.HiddenBias, -20 * Rare], [.. Trained.Output, .. outvote], bias), "alarms");
    }

    /// <summary>For one input more than the program computes.</summary>
    public byte[] OtherInputs() => NetworkFile.Write(
        new ImpactNetwork
        {
            Classes = Trained.Classes,
            Mean = [.. Trained.Mean, 0],
            Scale = [.. Trained.Scale, 1],
            Hidden = [.. Trained.Hidden, .. new float[Trained.HiddenBias.Length]],
            HiddenBias = Trained.HiddenBias,
            Output = Trained.Output,
            OutputBias = Trained.OutputBias,
        },
        "other inputs");

    private ImpactNetwork Of(float[] hidden, float[] hiddenBias, float[] output, float[] outputBias) => new()
    {
        Classes = Trained.Classes,
        Mean = Trained.Mean,
        Scale = Trained.Scale,
        Hidden = hidden,
        HiddenBias = hiddenBias,
        Output = output,
        OutputBias = outputBias,
        Temperature = Trained.Temperature,
    };
}
