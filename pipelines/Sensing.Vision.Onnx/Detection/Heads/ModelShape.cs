using Sensing.Models;

namespace Sensing.Vision.Onnx.Detection.Heads;

/// <summary>What a model declares: its outputs with their shapes, where −1 is open; and its input's size.</summary>
/// <param name="Model">Name of the model, for errors.</param>
/// <param name="Outputs">Outputs by name, in the model's order.</param>
/// <param name="Width">Width of the input.</param>
/// <param name="Height">Height of the input.</param>
/// <param name="Classes">Number of classes that the settings name.</param>
internal sealed record ModelShape(string Model, IReadOnlyList<KeyValuePair<string, int[]>> Outputs, int Width, int Height, int Classes)
{
    /// <summary>The outputs as a text, for errors.</summary>
    public string Listed => string.Join(", ", Outputs.Select(output => $"{output.Key} [{string.Join(", ", output.Value)}]"));

    /// <summary>Whether a shape fits, −1 in either being open.</summary>
    public static bool Fits(ReadOnlySpan<int> shape, params ReadOnlySpan<int> expected)
    {
        if (shape.Length != expected.Length)
        {
            return false;
        }

        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] >= 0 && expected[i] >= 0 && shape[i] != expected[i])
            {
                return false;
            }
        }

        return true;
    }

    public ModelException Misfit(DetectorHead head, string expected) => new(
        Model,
        $"the outputs are {Listed}; a {head} head with {Classes} classes and an input of {Width} × {Height} has {expected}.",
        "Check head, classes and input size in the detector's options, or export the model again.");
}
