using System.Buffers.Binary;
using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Upload;

/// <summary>A window as bytes: 16-bit numbers, channel by channel, steps of 0.01 m/s² and 0.001 rad/s, little-endian.</summary>
public static class WindowCode
{
    private const double AccelerationStep = 0.01, RateStep = 0.001;

    /// <summary>Bytes of a window of so many samples.</summary>
    public static int Length(int samples) => 2 * MotionWindow.Channels * samples;

    public static byte[] Write(MotionWindow window)
    {
        byte[] made = new byte[Length(window.Length)];
        int at = 0;
        for (int channel = 0; channel < MotionWindow.Channels; channel++)
        {
            foreach (double value in window[channel])
            {
                double steps = Math.Round(value / (channel < 3 ? AccelerationStep : RateStep));
                BinaryPrimitives.WriteInt16LittleEndian(made.AsSpan(at), (short)Math.Clamp(steps, short.MinValue, short.MaxValue));
                at += 2;
            }
        }

        return made;
    }

    /// <exception cref="FormatException">The bytes are not a window.</exception>
    public static MotionWindow Read(ReadOnlySpan<byte> bytes, double rate)
    {
        int samples = bytes.Length / Length(1);
        if (samples < 4 || bytes.Length != Length(samples))
        {
            throw new FormatException($"A window has {Length(1)} bytes a sample and at least 4 samples, not {bytes.Length} bytes.");
        }

        var channels = new double[MotionWindow.Channels][];
        for (int channel = 0; channel < channels.Length; channel++)
        {
            channels[channel] = new double[samples];
            for (int i = 0; i < samples; i++)
            {
                channels[channel][i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * ((channel * samples) + i))..])
                    * (channel < 3 ? AccelerationStep : RateStep);
            }
        }

        return new MotionWindow(rate, channels);
    }
}
