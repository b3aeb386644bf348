using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Sensing.Testing.Delivery;

/// <summary>A small file system that one process alone sees and that goes with it, so that nothing stays mounted whatever happens.</summary>
/// <param name="folder">Where the process has it.</param>
/// <param name="megabytes">Its size, 10⁶ bytes.</param>
public sealed class SmallDisk(string folder, int megabytes)
{
    private static readonly Lazy<bool> Made = new(TryMake);

    /// <summary>Whether this user may make one.</summary>
    public static bool CanMake => Made.Value;

    /// <summary>Why <see cref="CanMake"/> is false.</summary>
    public static string Missing => "this user may not mount a small file system (unshare, mount): it takes a disk that is really full";

    /// <summary>What starts a program with the disk mounted.</summary>
    public IReadOnlyList<string> Command { get; } =
    [
        "unshare", "--mount", "sh", "-c",
        $"mount -t tmpfs -o size={(megabytes * 1_000_000L).ToString(CultureInfo.InvariantCulture)} tmpfs \"$0\" && exec \"$@\"", folder,
    ];

    /// <summary>Takes all the room there is.</summary>
    /// <param name="process">The process that has the disk.</param>
    /// <param name="leave">But so many bytes.</param>
    public void Fill(int process, int leave)
    {
        byte[] zeros = new byte[64 * 1024];
        using var filler = new FileStream(Filler(process), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
        filler.Seek(0, SeekOrigin.End);
        for (int length = zeros.Length; length > 0;)
        {
            try
            {
                filler.Write(zeros, 0, length);
            }
            catch (IOException)
            {
                // No room for so much: less, until no byte has room.
                length /= 2;
            }
        }

        filler.SetLength(Math.Max(0, filler.Length - leave));
    }

    /// <summary>Gives back what <see cref="Fill"/> took.</summary>
    /// <param name="process">The process that has the disk.</param>
    public void Free(int process) => File.Delete(Filler(process));

    private string Filler(int process) => $"/proc/{process.ToString(CultureInfo.InvariantCulture)}/root{folder}/filler";

    private static bool TryMake()
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            return false;
        }

        using var folder = new TemporaryFolder();
        try
        {
            IReadOnlyList<string> command = [.. new SmallDisk(folder.Path, 1).Command, "true"];
            using Process probe = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true })!;
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
