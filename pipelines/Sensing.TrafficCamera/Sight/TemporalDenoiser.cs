using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Averages what stands still over time: a recursive filter that opens where a pixel changes by more than noise
/// does.</summary>
internal sealed class TemporalDenoiser(int width, int height) : IResumable
{
    private readonly byte[] _before = new byte[Frame.SizeOf(width, height)];
    private readonly byte[] _step = new byte[256];
    private double _noise = -1;
    private bool _started;

    public void Apply(Frame frame, double noise)
    {
        // In steps, so that the table is not made anew for each frame.
        double rounded = Math.Round(noise * 4) / 4;
        if (rounded != _noise)
        {
            _noise = rounded;
            for (int change = 0; change < 256; change++)
            {
                // A quarter of a change within 2 σ, all of it from 5 σ on.
                double share = Math.Clamp(0.25 + (0.75 * ((change / Math.Max(rounded, 0.5)) - 2) / 3), 0.25, 1);
                _step[change] = (byte)Math.Round(change * share);
            }
        }

        Span<byte> planes = frame.Raw.Span;
        if (_started)
        {
            for (int i = 0; i < planes.Length; i++)
            {
                int before = _before[i], change = planes[i] - before;
                planes[i] = (byte)(change >= 0 ? before + _step[change] : before - _step[-change]);
            }
        }

        planes.CopyTo(_before);
        _started = true;
    }

    public void Reset() => _started = false;

    public void Save(BinaryWriter state)
    {
        state.Mark("denoiser-1");
        state.Write(_started);
        if (_started)
        {
            state.WriteArray<byte>(_before);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("denoiser-1");
        _started = state.ReadBoolean();
        if (_started)
        {
            state.ReadArray<byte>(_before);
        }
    }
}
