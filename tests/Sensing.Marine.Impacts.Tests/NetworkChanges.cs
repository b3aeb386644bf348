using Sensing.Marine.Impacts.Learning;

namespace Sensing.Marine.Impacts.Tests;

/// <summary>Networks that a test makes better or worse by hand.</summary>
internal static class NetworkChanges
{
    public static ImpactNetwork WithOutputBias(this ImpactNetwork network, Func<IEnumerable<float>, IEnumerable<float>> change)
    {
        // Reversed, every class is called by another's name.
        float[] bias = [.. change(network.OutputBias)];
        bool reversed = bias.SequenceEqual(network.OutputBias.Reverse());
        int classes = network.Classes.Count;
        return Of(network, network.Hidden, network.HiddenBias,
            reversed ? [.. network.Output.Chunk(classes).SelectMany(row => row.Reverse())] : network.Output, bias);
    }

    /// <summary>One more hidden unit that is on where a standardised feature is above a threshold, and then outvotes all: bow.</summary>
    public static ImpactNetwork WithAlarmAbove(this ImpactNetwork network, int feature, float threshold)
    {
        int units = network.HiddenBias.Length, classes = network.Classes.Count;
        float[] hidden = [.. network.Hidden.Chunk(units).SelectMany((row, f) => (float[])[.. row, f == feature ? 20 : 0])];
        float[] outvote = [.. Enumerable.Range(0, classes).Select(label => label == (int)ImpactClass.Bow ? 40f : 0)];

        // The unit is -1 below the threshold: the bias takes that off again.
        float[] bias = [.. network.OutputBias.Select((value, label) => value + outvote[label])];
        return Of(network, hidden, [.. network.HiddenBias, -20 * threshold], [.. network.Output, .. outvote], bias);
    }

    /// <summary>A network for one input more than the program computes.</summary>
    public static ImpactNetwork WithOneFeatureMore(this ImpactNetwork network) => new()
    {
        Classes = network.Classes,
        Mean = [.. network.Mean, 0],
        Scale = [.. network.Scale, 1],
        Hidden = [.. network.Hidden, .. new float[network.HiddenBias.Length]],
        HiddenBias = network.HiddenBias,
        Output = network.Output,
        OutputBias = network.OutputBias,
        Temperature = network.Temperature,
    };

    private static ImpactNetwork Of(ImpactNetwork network, float[] hidden, float[] hiddenBias, float[] output, float[] outputBias) => new()
    {
        Classes = network.Classes,
        Mean = network.Mean,
        Scale = network.Scale,
        Hidden = hidden,
        HiddenBias = hiddenBias,
        Output = output,
        OutputBias = outputBias,
        Temperature = network.Temperature,
    };
}
