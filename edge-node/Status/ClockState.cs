using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sensing.EdgeNode.Status;

/// <summary>What the system knows about its clock.</summary>
/// <param name="Synchronised">Whether something keeps the clock (NTP, PTP); null where the system does not tell.</param>
/// <param name="OffsetSeconds">Node clock minus true time, s, as far as the system knows it; null where it is not kept.</param>
/// <param name="MaxErrorSeconds">Bound of the error as the system estimates it, s.</param>
public sealed partial record ClockState(bool? Synchronised, double? OffsetSeconds, double? MaxErrorSeconds)
{
    /// <summary>Bytes of <c>struct timex</c> on 64-bit Linux, with room.</summary>
    private const int TimexBytes = 256;
    private const int Unsynchronised = 0x40;
    private const int Nanoseconds = 0x2000;
    private const int TimeError = 5;

    /// <summary>Asks the kernel (adjtimex, reading only).</summary>
    public static ClockState Read()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return new ClockState(null, null, null);
        }

        byte[] timex = new byte[TimexBytes];
        int state;
        try
        {
            state = AdjTimex(timex);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return new ClockState(null, null, null);
        }

        if (state < 0)
        {
            return new ClockState(null, null, null);
        }

        // struct timex: modes, offset, freq, maxerror (µs), esterror, status; each but modes and status a long.
        long offset = BinaryPrimitives.ReadInt64LittleEndian(timex.AsSpan(8));
        long maxError = BinaryPrimitives.ReadInt64LittleEndian(timex.AsSpan(24));
        int status = BinaryPrimitives.ReadInt32LittleEndian(timex.AsSpan(40));
        if (state == TimeError || (status & Unsynchronised) != 0)
        {
            return new ClockState(false, null, null);
        }

        // What is still to be added to the clock is how far it is behind.
        double behind = offset / ((status & Nanoseconds) != 0 ? 1e9 : 1e6);
        return new ClockState(true, -behind, maxError / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int AdjTimex([In, Out] byte[] timex);
}
