namespace Sensing.Marine.Impacts.Learning;

/// <summary>How a classifier is fitted. One set of values serves every data set (docs/marine.md says how they were chosen).</summary>
public sealed record TrainingOptions
{
    /// <summary>Networks whose answers are averaged.</summary>
    public int Members { get; init; } = 5;

    /// <summary>Hidden units of each.</summary>
    public int Hidden { get; init; } = 24;

    /// <summary>Steps of the optimiser at least.</summary>
    public int Steps { get; init; } = 1500;

    /// <summary>Times that each example is seen at least: where they are many, there are more steps.</summary>
    public int Rounds { get; init; } = 20;

    public int Batch { get; init; } = 64;

    public double Rate { get; init; } = 0.01;

    /// <summary>Pull of the weights towards zero (decoupled, Loshchilov and Hutter, arXiv 1711.05101).</summary>
    public double Decay { get; init; } = 0.1;

    /// <summary>Noise on the standardised features while training: the classifier must not depend on their last digits.</summary>
    public double Jitter { get; init; } = 0.3;

    /// <summary>Share of features that are left out of an example while training: no class may hang on one feature.</summary>
    public double Dropout { get; init; } = 0.2;

    public int Seed { get; init; } = 1;
}
