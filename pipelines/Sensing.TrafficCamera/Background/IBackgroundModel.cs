using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Background;

/// <summary>Learns the empty scene of one camera and finds what does not belong to it.</summary>
/// <remarks>Frames of one camera in order, all of one size. Not thread-safe.</remarks>
public interface IBackgroundModel : IDisposable
{
    /// <summary>Classifies a frame's pixels and learns from it.</summary>
    /// <returns>The mask, valid until the next call.</returns>
    /// <exception cref="ArgumentException">The frame differs in size from those before.</exception>
    ForegroundMask Apply(Frame frame);

    /// <summary>Writes what has been learned, so that a restarted model continues where this one is.</summary>
    void Save(BinaryWriter state);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of another version, model or frame size.</exception>
    void Load(BinaryReader state);
}
