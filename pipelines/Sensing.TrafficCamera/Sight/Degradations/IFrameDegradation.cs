using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight.Degradations;

/// <summary>Bad sight laid over a frame, synthetic or real. The same frame and number give the same result.</summary>
public interface IFrameDegradation
{
    /// <summary>Changes the frame in place.</summary>
    /// <param name="frame">The frame, of the size that the degradation was made for.</param>
    /// <param name="number">Its number in the recording: rain, noise and shaking differ from frame to frame.</param>
    void Apply(Frame frame, long number);
}
