using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sensing.Marine.Tests.Sources;

/// <summary>A pair of pseudo-terminals: what is written here comes out of the serial port at <see cref="Path"/>.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100;

    private readonly FileStream _instrument;

    public PseudoTerminal()
    {
        int descriptor = OpenMaster(ReadWrite | NoControllingTerminal);
        var name = new byte[256];
        if (descriptor < 0 || Grant(descriptor) != 0 || Unlock(descriptor) != 0 || NameOf(descriptor, name, (nuint)name.Length) != 0)
        {
            throw new IOException($"There is no pseudo-terminal: error {Marshal.GetLastPInvokeError()}.");
        }

        Path = Encoding.UTF8.GetString(name.AsSpan(0, name.AsSpan().IndexOf((byte)0)));
        _instrument = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    /// <summary>The port, as <c>/dev/ttyUSB0</c> would be.</summary>
    public string Path { get; }

    public async Task SendAsync(string text, CancellationToken cancellation) =>
        await _instrument.WriteAsync(Encoding.ASCII.GetBytes(text), cancellation);

    /// <summary>Unplugs it.</summary>
    public void Dispose() => _instrument.Dispose();

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int Grant(int descriptor);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(int descriptor);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int NameOf(int descriptor, [Out] byte[] name, nuint length);
}
