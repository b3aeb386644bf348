using Sensing.Models;

namespace Sensing.Vision.Onnx.Detection.Heads;

/// <summary>Reads boxes out of a model's outputs.</summary>
internal interface IHeadDecoder
{
    /// <summary>Names of the outputs that <see cref="Decode"/> takes, in its order.</summary>
    IReadOnlyList<string> Outputs { get; }

    /// <summary>Adds the boxes of wanted classes from a score on.</summary>
    /// <param name="outputs">The outputs, in the order of <see cref="Outputs"/>.</param>
    /// <param name="wanted">Whether a class is wanted, by its number.</param>
    /// <param name="leastScore">Least score, 0…1.</param>
    /// <param name="found">Takes the boxes.</param>
    /// <exception cref="ModelException">An output does not have the shape that the head writes.</exception>
    void Decode(IReadOnlyList<HeadOutput> outputs, ReadOnlySpan<bool> wanted, float leastScore, List<Candidate> found);
}
