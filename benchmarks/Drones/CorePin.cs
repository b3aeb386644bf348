using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Sensing.Benchmarks.Drones;

/// <summary>Binds every thread of a process to cores, with <c>taskset</c> of util-linux: what .NET offers binds one
/// thread.</summary>
internal static class CorePin
{
    /// <param name="process">Id of the process.</param>
    /// <param name="cores">Cores, such as <c>0</c> or <c>0-3</c>.</param>
    /// <exception cref="MeasureException">It cannot be bound.</exception>
    public static void Bind(int process, string cores)
    {
        try
        {
            var start = new ProcessStartInfo("taskset")
            {
                ArgumentList = { "-a", "-c", "-p", cores, process.ToString(CultureInfo.InvariantCulture) },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process taskset = Process.Start(start) ?? throw new Win32Exception("it does not start");
            string error = taskset.StandardError.ReadToEnd();
            taskset.WaitForExit();
            if (taskset.ExitCode != 0)
            {
                throw new MeasureException($"taskset: {error.Trim()}: run with --no-pin.");
            }
        }
        catch (Win32Exception error)
        {
            throw new MeasureException($"taskset cannot be run ({error.Message}): install util-linux, or run with --no-pin.");
        }
    }
}
