using Sensing.Streams;

namespace Sensing.Vision.Sources.Live;

/// <summary>A live camera as FFmpeg opens it.</summary>
/// <param name="Name">Its address or device, without credentials.</param>
/// <param name="Arguments">Options before the input, then <c>-i</c> and the input.</param>
internal sealed record LiveInput(string Name, IReadOnlyList<string> Arguments)
{
    /// <summary>Attach its sound.</summary>
    public bool Sound { get; init; }

    /// <summary>Its pictures carry no times, or coarse ones: their arrival stands for them.</summary>
    public bool ByArrival { get; init; }

    /// <summary>Finds before the first opening what waiting does not mend; null: nothing.</summary>
    public Func<SourceException?> Precheck { get; init; } = () => null;
}
